import type { ResourceModel } from "../types.js";
import { family } from "./entry.js";

/** https://nodejs.org/api/worker_threads.html */
export const workers: readonly ResourceModel[] = family(
  {
    kind: "worker",
    release: [{ by: "method", name: "terminate", completes: "promise", again: "harmless" }],
    ends: ["exit"],
    adopt: { by: "wrap", method: "worker" },
  },
  [{ modules: ["worker_threads"], path: ["Worker"], by: "construct", args: { path: 0, options: 1 } }],
);
