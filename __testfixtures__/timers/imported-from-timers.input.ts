import { clearInterval, setInterval } from "node:timers";

export async function keepAlive(ping: () => void, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(ping, 30_000);
  await work();
  clearInterval(timer);
}
