import { ResourceContext } from "resource-context";

export async function upload(signal: AbortSignal, send: () => Promise<void>): Promise<void> {
  const stop = (): void => process.emitWarning("stopped");
  await using ctx = new ResourceContext();
  signal.addEventListener("abort", stop);
  ctx.defer(() => signal.removeEventListener("abort", stop));
  await send();
  signal.removeEventListener("abort", stop);
}
