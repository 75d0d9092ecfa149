import type { Release, ResourceModel } from "../types.js";

const close: Release = { by: "method", name: "close", completes: "promise", again: "harmless" };

function opened(module: string, path: readonly string[]): ResourceModel {
  return {
    id: `${module}#${path.join(".")}`,
    kind: "file-handle",
    acquire: { by: "call", modules: [module.replace(/^node:/, "")], path },
    yields: "promise",
    lasts: "open",
    release: [close],
    ends: ["close"],
    args: { path: 0, options: 1 },
    adopt: { by: "wrap", method: "file" },
    transform: "handles",
  };
}

/** https://nodejs.org/api/fs.html#class-filehandle */
export const handles: readonly ResourceModel[] = [
  opened("node:fs/promises", ["open"]),
  opened("node:fs", ["promises", "open"]),
];
