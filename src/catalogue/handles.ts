import type { ResourceModel } from "../types.js";
import { family, notAdopted } from "./entry.js";

const args = { path: 0, options: -1 } as const;
/** The last two pass the functions of the first one on. */
const modules = ["fs", "graceful-fs", "fs-extra"];

/** https://nodejs.org/api/fs.html#class-filehandle */
const fileHandles = family(
  {
    kind: "file-handle",
    release: [{ by: "method", name: "close", completes: "promise", again: "harmless" }],
    ends: ["close"],
    adopt: { by: "wrap", method: "file" },
  },
  [
    { modules: ["fs/promises"], path: ["open"], yields: "promise", args },
    { modules, path: ["promises", "open"], yields: "promise", args },
  ],
);

/** Descriptors are numbers, and a number that is closed twice may be somebody else's by then. */
const descriptors = family(
  {
    kind: "file-handle",
    release: [
      { by: "function", modules, path: ["closeSync"], argument: 0, completes: "now", again: "throws" },
      { by: "function", modules, path: ["close"], argument: 0, completes: "event", again: "throws" },
    ],
    ends: [],
    adopt: { by: "release" },
  },
  [{ modules, path: ["openSync"], args }],
);

/** https://nodejs.org/api/fs.html#class-fsdir: a loop over it closes it as well; a second `close()` rejects. */
const folders = family(
  {
    kind: "file-handle",
    release: [
      { by: "method", name: "close", completes: "promise", again: "throws" },
      { by: "method", name: "closeSync", completes: "now", again: "throws" },
    ],
    ends: [],
    adopt: { by: "release" },
  },
  [
    { modules: ["fs/promises"], path: ["opendir"], yields: "promise", args },
    { modules, path: ["promises", "opendir"], yields: "promise", args },
    { modules, path: ["opendirSync"], args },
  ],
);

/** A callback gets what these make: no value of the call stands for it. */
const passed = family(
  { kind: "file-handle", release: [], ends: [], adopt: notAdopted },
  ["open", "opendir"].map((name) => ({
    modules: ["fs", "graceful-fs"],
    path: [name],
    yields: "passed" as const,
    args,
  })),
);

export const handles: readonly ResourceModel[] = [...fileHandles, ...descriptors, ...folders, ...passed];
