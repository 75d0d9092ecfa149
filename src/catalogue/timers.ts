import type { ResourceModel } from "../types.js";

const modules = ["globalThis", "timers"];

/** https://nodejs.org/api/timers.html; a timeout ends by itself and is no resource. */
export const timers: readonly ResourceModel[] = [
  {
    id: "node:timers#setInterval",
    kind: "timer",
    acquire: { by: "call", modules, path: ["setInterval"] },
    yields: "handle",
    lasts: "open",
    release: ["clearInterval", "clearTimeout"].map((name) => ({
      by: "function",
      modules,
      path: [name],
      argument: 0,
      completes: "now",
      again: "harmless",
    })),
    ends: [],
    args: { path: -1, options: -1 },
    adopt: { by: "wrap", method: "timer" },
    transform: "timers",
  },
];
