import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to close a line reader. Its input stays open: that belongs to whoever opened it. */
export function readlinePolicy(reader: unknown, forget: () => void): Policy | undefined {
  if (typeof read(reader, "close") !== "function" || read(reader, "closed") === true) return undefined;
  const unlisten = onFirst(reader, "close", forget);
  const release = (): unknown =>
    read(reader, "closed") === true ? undefined : methodOf(reader, "close")?.();
  return { kind: "readline", release, releaseSync: release, letGo: unlisten };
}
