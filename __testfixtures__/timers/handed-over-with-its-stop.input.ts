export async function watchQueue(poll: () => void, warmUp: () => Promise<void>): Promise<() => void> {
  const timer = setInterval(poll, 1000);
  await warmUp();
  return () => clearInterval(timer);
}
