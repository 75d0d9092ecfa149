import type { Release, ResourceModel } from "../types.js";

const destroy: Release = { by: "method", name: "destroy", completes: "event", again: "harmless" };
const close: Release = { by: "method", name: "close", completes: "event", again: "harmless" };
const end: Release = { by: "method", name: "end", completes: "event", again: "harmless" };

function entry(module: string, name: string, rest: Pick<ResourceModel, "release" | "ends">): ResourceModel {
  return {
    id: `${module}#${name}`,
    kind: "stream",
    acquire: { by: "call", modules: [module.replace(/^node:/, "")], path: [name] },
    yields: "handle",
    lasts: "open",
    ...rest,
    args: { path: 0, options: 1 },
    adopt: { by: "wrap", method: "stream" },
    transform: "streams",
  };
}

/** https://nodejs.org/api/fs.html; graceful-fs and fs-extra pass the functions on. */
const files = ["node:fs", "graceful-fs", "fs-extra"].flatMap((module) => [
  entry(module, "createWriteStream", { release: [end, destroy, close], ends: ["finish", "close"] }),
  entry(module, "createReadStream", { release: [destroy, close], ends: ["end", "close"] }),
]);

/** Streams of zlib are no resources: nothing keeps one that nobody uses any more, and its memory goes with it. */
export const streams: readonly ResourceModel[] = files;
