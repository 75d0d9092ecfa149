import type { EventEmitter } from "node:events";

export async function upload(bus: EventEmitter, signal: AbortSignal, send: () => Promise<number>): Promise<number> {
  const onData = (n: number): void => console.log(n);
  const onAbort = (): void => console.log("stopped");
  bus.on("data", onData);
  bus.prependListener("log", onData);
  signal.addEventListener("abort", onAbort);
  try {
    return await send();
  } finally {
    signal.removeEventListener("abort", onAbort);
    bus.off("log", onData);
    bus.off("data", onData);
  }
}
