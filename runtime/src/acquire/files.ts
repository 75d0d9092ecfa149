import * as fs from "node:fs";
import { whenDescriptorsAllow } from "../atomic-write/retry.js";
import { methodOf } from "../duck.js";
import type { Keep } from "../keep.js";
import { filePolicy } from "../policies/file.js";
import { like } from "./like.js";

/** `fs.promises.open`, whose handle is held. Waits, at most 10 s, while too many files are open. */
export function opening(keep: Keep, signal: () => AbortSignal): typeof fs.promises.open {
  const { open } = fs.promises;
  const start = async (given: readonly unknown[]): Promise<unknown> =>
    Reflect.apply(open, fs.promises, given);
  return like(open, {
    call: (given) =>
      keep.acquire("file", () => whenDescriptorsAllow(() => start(given)), {
        signal: signal(),
        hold: (handle) => keep.holdHandle(handle, (forget) => filePolicy(handle, forget)),
      }),
  });
}

/** `fs.watchFile`. Node gives all who watch a path one watcher, so each listener is held by itself. */
export function watchingFile(keep: Keep): typeof fs.watchFile {
  return like(fs.watchFile, {
    call: (given) => {
      keep.refuseEarly("watcher");
      const watcher: unknown = Reflect.apply(fs.watchFile, fs, given);
      const listener = given.find((argument) => typeof argument === "function");
      const release = (): void => void Reflect.apply(fs.unwatchFile, fs, [given[0], listener]);
      const isSpent = (): boolean => !hasListener(watcher, listener);
      return keep.hold(watcher, () => ({ kind: "watcher", isSpent, release, releaseSync: release }));
    },
  });
}

function hasListener(watcher: unknown, listener: unknown): boolean {
  const listeners: unknown = methodOf(watcher, "listeners")?.("change");
  return !Array.isArray(listeners) || listeners.includes(listener);
}
