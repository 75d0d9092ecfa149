import { isThenable, methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to end a file watcher: `fs.watch`, `fs.watchFile`, `fs.promises.watch`, and those of packages. */
export function watcherPolicy(watcher: unknown, forget: () => void): Policy | undefined {
  const release = closing(watcher) ?? unwatching(watcher) ?? returning(watcher);
  if (release === undefined || read(watcher, "closed") === true) return undefined;
  const unlisten = onFirst(watcher, "close", forget);
  return { kind: "watcher", release, releaseSync: release, letGo: unlisten };
}

function closing(watcher: unknown): (() => unknown) | undefined {
  return typeof read(watcher, "close") === "function" ? () => methodOf(watcher, "close")?.() : undefined;
}

/**
 * Node keeps one StatWatcher for all who watch a path, and one that was stopped is handed out again and stays silent.
 * So only the listener goes that was added last, by the call whose result was adopted; the last one out does not
 * keep the process alive.
 */
function unwatching(watcher: unknown): (() => unknown) | undefined {
  if (typeof read(watcher, "stop") !== "function") return undefined;
  const listeners = methodOf(watcher, "listeners")?.("change");
  const listener: unknown = Array.isArray(listeners) ? listeners[listeners.length - 1] : undefined;
  if (listener === undefined) return () => methodOf(watcher, "stop")?.();
  return () => {
    methodOf(watcher, "removeListener")?.("change", listener);
    if (methodOf(watcher, "listenerCount")?.("change") === 0) methodOf(watcher, "unref")?.();
  };
}

/** An iterator ends after the event it waits for, which may never come: nobody waits for that. */
function returning(watcher: unknown): (() => unknown) | undefined {
  if (typeof read(watcher, "return") !== "function") return undefined;
  return () => {
    const ended = methodOf(watcher, "return")?.();
    if (isThenable(ended)) ended.then(undefined, () => {});
  };
}
