export async function withWarning(warn: () => void, work: () => Promise<void>): Promise<void> {
  const timer = setTimeout(warn, 30_000);
  await work();
  clearTimeout(timer);
}
