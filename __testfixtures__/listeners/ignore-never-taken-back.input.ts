import { EventEmitter } from "node:events";

export function log(bus: EventEmitter, signal: AbortSignal): void {
  const own = new EventEmitter();
  const onData = (n: number): void => console.log(n);
  bus.on("data", onData);
  signal.addEventListener("abort", () => bus.off("end", onData));
  own.on("data", onData);
  own.off("data", onData);
}
