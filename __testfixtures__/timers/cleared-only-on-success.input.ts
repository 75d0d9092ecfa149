export async function withProgress(work: () => Promise<void>): Promise<void> {
  const ticker = setInterval(() => process.stderr.write("."), 1000);
  await work();
  clearInterval(ticker);
}
