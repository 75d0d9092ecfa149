export async function upload(signal: AbortSignal, send: () => Promise<void>): Promise<void> {
  const stop = (): void => process.emitWarning("stopped");
  signal.addEventListener("abort", stop);
  await send();
  signal.removeEventListener("abort", stop);
}
