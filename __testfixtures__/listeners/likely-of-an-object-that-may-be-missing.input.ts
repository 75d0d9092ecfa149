export async function upload(signal: AbortSignal | undefined, send: () => Promise<void>): Promise<void> {
  function stop(): void {
    process.emitWarning("stopped");
  }
  signal?.addEventListener("abort", stop, { once: true });
  await send();
  signal?.removeEventListener("abort", stop);
}
