import { ResourceContext } from "resource-context";

export async function watchQueue(poll: () => void, warmUp: () => Promise<void>): Promise<() => void> {
  await using ctx = new ResourceContext();
  const timer = ctx.timer(setInterval(poll, 1000));
  await warmUp();
  ctx.disown(timer);
  return () => clearInterval(timer);
}
