import { clearInterval, setInterval } from "node:timers";
import { ResourceContext } from "resource-context";

export async function keepAlive(ping: () => void, work: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const timer = ctx.timer(setInterval(ping, 30_000));
  await work();
  clearInterval(timer);
}
