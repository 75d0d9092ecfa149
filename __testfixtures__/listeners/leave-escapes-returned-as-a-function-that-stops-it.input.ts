import type { EventEmitter } from "node:events";

export function subscribe(bus: EventEmitter, onData: (n: number) => void): () => void {
  bus.addListener("data", onData);
  bus.prependOnceListener("log", onData);
  return () => {
    bus.off("log", onData);
    bus.off("data", onData);
  };
}
