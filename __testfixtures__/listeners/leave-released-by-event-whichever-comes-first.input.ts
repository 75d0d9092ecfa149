import type { EventEmitter } from "node:events";

export function next(bus: EventEmitter, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      bus.off("data", onData);
      reject(new Error("aborted"));
    };
    const onData = (n: number): void => {
      signal.removeEventListener("abort", onAbort);
      resolve(n);
    };
    signal.addEventListener("abort", onAbort);
    bus.once("data", onData);
  });
}
