import type { EventEmitter } from "node:events";
import { ResourceContext } from "resource-context";

export async function upload(bus: EventEmitter, send: () => Promise<number>): Promise<boolean> {
  const onData = (n: number): void => console.log(n);
  await using ctx = new ResourceContext();
  bus.on("data", onData);
  ctx.defer(() => bus.off("data", onData));
  const status = await send();
  if (status !== 200) return false;
  bus.off("data", onData);
  return true;
}
