import type { ResourceModel } from "../types.js";
import { family } from "./entry.js";

const modules = ["globalThis", "timers"];
/** Each clears the timers of the other as well. */
const release = ["clearInterval", "clearTimeout"].map(
  (name) =>
    ({ by: "function", modules, path: [name], argument: 0, completes: "now", again: "harmless" }) as const,
);

/** https://nodejs.org/api/timers.html */
export const timers: readonly ResourceModel[] = family(
  { kind: "timer", release, ends: [], adopt: { by: "wrap", method: "timer" } },
  [
    { modules: ["timers", "globalThis"], path: ["setInterval"] },
    { modules: ["timers", "globalThis"], path: ["setTimeout"], lasts: "once" },
  ],
);
