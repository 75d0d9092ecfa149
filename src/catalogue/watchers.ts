import type { ResourceModel } from "../types.js";
import { adoptOnce, family, method } from "./entry.js";

const modules = ["fs", "graceful-fs", "fs-extra"];
const args = { path: 0, options: 1 } as const;
const close = { by: "method", name: "close", completes: "now", again: "harmless" } as const;
const adopt = { by: "wrap", method: "watcher" } as const;

/** https://nodejs.org/api/fs.html#class-fsfswatcher */
const native = family({ kind: "watcher", release: [close], ends: ["close"], adopt }, [
  { modules, path: ["watch"], args },
]);

/** https://nodejs.org/api/fs.html#fsunwatchfilefilename-listener: released by its path. */
const polling = family(
  {
    kind: "watcher",
    release: [
      { by: "function", modules, path: ["unwatchFile"], argument: 0, completes: "now", again: "harmless" },
    ],
    ends: [],
    adopt: { by: "none", reason: "no-drop-in" },
  },
  [{ modules, path: ["watchFile"], args }],
);

/** https://github.com/paulmillr/chokidar: `close()` gives a promise. */
const chokidar = family({ kind: "watcher", release: [{ ...close, completes: "promise" }], ends: [], adopt }, [
  { modules: ["chokidar"], path: ["watch"], args },
  { modules: ["chokidar"], path: ["FSWatcher"], by: "construct" },
]);

/** https://nodejs.org/api/fs.html#fspromiseswatchfilename-options: a loop over it ends it as well. */
const iterated = family({ kind: "watcher", release: [method("return")], ends: [], adopt }, [
  { modules: ["fs/promises"], path: ["watch"], args },
  { modules: ["fs"], path: ["promises", "watch"], args },
]);

/** https://github.com/parcel-bundler/watcher */
const subscriptions = family(
  { kind: "watcher", release: [method("unsubscribe")], ends: [], adopt: adoptOnce },
  [{ modules: ["@parcel/watcher"], path: ["subscribe"], yields: "promise", args: { path: 0, options: 2 } }],
);

export const watchers: readonly ResourceModel[] = [
  ...native,
  ...polling,
  ...chokidar,
  ...iterated,
  ...subscriptions,
];
