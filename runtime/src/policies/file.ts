import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to close a FileHandle; one that was closed already is no failure. */
export function filePolicy(handle: unknown, forget: () => void): Policy | undefined {
  if (typeof read(handle, "close") !== "function" || isClosed(handle)) return undefined;
  const unlisten = onFirst(handle, "close", forget);
  const release = (): unknown => (isClosed(handle) ? undefined : methodOf(handle, "close")?.());
  return { kind: "file", release, releaseSync: release, letGo: unlisten };
}

/** A FileHandle that is closed says -1: its number may belong to somebody else by now. */
const isClosed = (handle: unknown): boolean => read(handle, "fd") === -1;
