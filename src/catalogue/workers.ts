import type { ResourceModel } from "../types.js";
import { adopt, adoptOnce, family, method } from "./entry.js";

/** https://nodejs.org/api/worker_threads.html */
const threads = family(
  {
    kind: "worker",
    release: [{ by: "method", name: "terminate", completes: "promise", again: "harmless" }],
    ends: ["exit"],
    adopt: { by: "wrap", method: "worker" },
  },
  [{ modules: ["worker_threads"], path: ["Worker"], by: "construct", args: { path: 0, options: 1 } }],
);

/** https://github.com/piscinajs/piscina, https://github.com/tinylibs/tinypool, https://jestjs.io, https://github.com/josdejong/workerpool */
const pools = [
  ...family(
    { kind: "worker", release: [method("destroy")], ends: [], adopt: adopt("(pool) => pool.destroy()") },
    [
      { modules: ["piscina", "tinypool"], path: [], by: "construct" },
      { modules: ["piscina"], path: ["Piscina"], by: "construct" },
      { modules: ["tinypool"], path: ["Tinypool"], by: "construct" },
    ],
  ),
  ...family(
    { kind: "worker", release: [method("terminate")], ends: [], adopt: adopt("(pool) => pool.terminate()") },
    [{ modules: ["workerpool"], path: ["pool"] }],
  ),
  ...family(
    {
      kind: "worker",
      release: [{ ...method("end"), again: "throws" }],
      ends: [],
      adopt: adoptOnce,
    },
    [{ modules: ["jest-worker"], path: ["Worker"], by: "construct" }],
  ),
];

export const workers: readonly ResourceModel[] = [...threads, ...pools];
