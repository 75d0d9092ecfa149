export async function poll(ports: Set<number>, ready: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => ports.clear(), 5000);
  await ready();
  clearInterval(timer);
}
