import { ResourceContext } from "resource-context";

export async function release(run: () => Promise<number>): Promise<number> {
  const onSignal = (): void => console.log("still running");
  await using ctx = new ResourceContext();
  process.once("SIGINT", onSignal);
  ctx.defer(() => process.removeListener("SIGINT", onSignal));
  process.prependOnceListener("SIGTERM", onSignal);
  ctx.defer(() => process.removeListener("SIGTERM", onSignal));
  const code = await run();
  process.removeListener("SIGTERM", onSignal);
  process.removeListener("SIGINT", onSignal);
  return code;
}
