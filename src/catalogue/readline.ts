import type { ResourceModel } from "../types.js";
import { family } from "./entry.js";

const args = { path: -1, options: 0 } as const;

/** https://nodejs.org/api/readline.html: closing it leaves its input open. */
export const readline: readonly ResourceModel[] = family(
  {
    kind: "readline",
    release: [{ by: "method", name: "close", completes: "now", again: "harmless" }],
    ends: ["close"],
    adopt: { by: "wrap", method: "readline" },
  },
  [
    { modules: ["readline"], path: ["createInterface"], args },
    { modules: ["readline/promises"], path: ["createInterface"], args },
    { modules: ["readline"], path: ["promises", "createInterface"], args },
    // https://nodejs.org/api/repl.html
    { modules: ["repl"], path: ["start"], args },
  ],
);
