import { ResourceContext } from "resource-context";

export async function poll(ports: Set<number>, ready: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const timer = ctx.setInterval(() => ports.clear(), 5000);
  await ready();
  clearInterval(timer);
}
