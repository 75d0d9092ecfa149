export async function release(run: () => Promise<number>): Promise<number> {
  const onSignal = (): void => console.log("still running");
  process.once("SIGINT", onSignal);
  process.prependOnceListener("SIGTERM", onSignal);
  const code = await run();
  process.removeListener("SIGTERM", onSignal);
  process.removeListener("SIGINT", onSignal);
  return code;
}
