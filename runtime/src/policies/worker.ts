import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to end a worker thread; one that has ended is forgotten. */
export function workerPolicy(worker: unknown, forget: () => void): Policy | undefined {
  if (typeof read(worker, "terminate") !== "function" || read(worker, "threadId") === -1) return undefined;
  const unlisten = onFirst(worker, "exit", forget);
  const release = (): unknown => methodOf(worker, "terminate")?.();
  return { kind: "worker", release, releaseSync: release, letGo: unlisten };
}
