import { ResourceContext } from "resource-context";

export async function withWarning(warn: () => void, work: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const timer = ctx.timer(setTimeout(warn, 30_000));
  await work();
  clearTimeout(timer);
}
