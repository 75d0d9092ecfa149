import type { ResourceModel } from "../types.js";
import { family, method, notAdopted } from "./entry.js";

const modules = ["globalThis", "timers"];
/** Each clears the timers of the other as well. */
const release = ["clearInterval", "clearTimeout"].map(
  (name) =>
    ({ by: "function", modules, path: [name], argument: 0, completes: "now", again: "harmless" }) as const,
);

/** https://nodejs.org/api/timers.html */
const callbacks = family({ kind: "timer", release, ends: [], adopt: { by: "wrap", method: "timer" } }, [
  { modules: ["timers", "globalThis"], path: ["setInterval"] },
  { modules: ["timers", "globalThis"], path: ["setTimeout"], lasts: "once" },
]);

/** https://nodejs.org/api/timers.html#timers-promises-api: only a signal ends the one, and leaving its loop the other. */
const promises = [
  ...family({ kind: "timer", release: [], ends: [], adopt: notAdopted }, [
    { modules: ["timers/promises"], path: ["setTimeout"], lasts: "once", args: { path: -1, options: 2 } },
    { modules: ["timers"], path: ["promises", "setTimeout"], lasts: "once", args: { path: -1, options: 2 } },
  ]),
  ...family({ kind: "timer", release: [method("return")], ends: [], adopt: notAdopted }, [
    { modules: ["timers/promises"], path: ["setInterval"], args: { path: -1, options: 2 } },
  ]),
];

export const timers: readonly ResourceModel[] = [...callbacks, ...promises];
