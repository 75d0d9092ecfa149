import { ResourceContext } from "resource-context";

export async function upload(signal: AbortSignal | undefined, send: () => Promise<void>): Promise<void> {
  function stop(): void {
    process.emitWarning("stopped");
  }
  await using ctx = new ResourceContext();
  signal?.addEventListener("abort", stop, { once: true });
  ctx.defer(() => signal?.removeEventListener("abort", stop));
  await send();
  signal?.removeEventListener("abort", stop);
}
