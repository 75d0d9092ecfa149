import type { ResourceModel } from "../../types.js";
import { adoptOnce, family } from "../entry.js";

const modules = ["proper-lockfile"];
const byPath = { by: "function", modules, argument: -1, again: "throws" } as const;

/**
 * https://github.com/moxystudio/node-proper-lockfile: `lock` gives the function that releases it, which rejects when it
 * is called again; `unlock` gets the path. An exit hook of its own removes what is left.
 */
export const locks: readonly ResourceModel[] = [
  ...family(
    {
      kind: "lock",
      release: [
        { by: "call", completes: "promise", again: "throws" },
        { ...byPath, path: ["unlock"], completes: "promise" },
      ],
      ends: [],
      adopt: adoptOnce,
    },
    [{ modules, path: ["lock"], yields: "promise", args: { path: 0, options: 1 }, endsWithProgram: true }],
  ),
  ...family(
    {
      kind: "lock",
      release: [
        { by: "call", completes: "now", again: "throws" },
        { ...byPath, path: ["unlockSync"], completes: "now" },
      ],
      ends: [],
      adopt: adoptOnce,
    },
    [{ modules, path: ["lockSync"], args: { path: 0, options: 1 }, endsWithProgram: true }],
  ),
];
