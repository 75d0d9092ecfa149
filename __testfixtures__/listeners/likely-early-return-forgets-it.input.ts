import type { EventEmitter } from "node:events";

export async function upload(bus: EventEmitter, send: () => Promise<number>): Promise<boolean> {
  const onData = (n: number): void => console.log(n);
  bus.on("data", onData);
  const status = await send();
  if (status !== 200) return false;
  bus.off("data", onData);
  return true;
}
