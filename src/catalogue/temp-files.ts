import type { Release, ResourceModel } from "../types.js";
import { family } from "./entry.js";

const modules = ["fs", "graceful-fs", "fs-extra"];

function removal(path: readonly string[], completes: "now" | "promise", from: readonly string[]): Release {
  return { by: "function", modules: from, path, argument: 0, completes, again: "harmless" };
}

const release: readonly Release[] = [
  ...["rmSync", "rmdirSync", "removeSync"].map((name) => removal([name], "now", modules)),
  ...["rm", "rmdir", "remove"].map((name) => removal([name], "promise", [...modules, "fs/promises"])),
  ...["rm", "rmdir"].map((name) => removal(["promises", name], "promise", modules)),
  removal(["sync"], "now", ["rimraf"]),
  removal(["rimrafSync"], "now", ["rimraf"]),
  removal(["rimraf"], "promise", ["rimraf"]),
  removal([], "promise", ["rimraf", "del"]),
  removal(["deleteAsync"], "promise", ["del"]),
];

/** Only the path of the folder is known. */
export const tempFiles: readonly ResourceModel[] = family(
  { kind: "temp-dir", release, ends: [], adopt: { by: "wrap", method: "tempDir" } },
  [
    // https://nodejs.org/api/fs.html
    { modules: ["fs/promises"], path: ["mkdtemp"], yields: "promise" },
    { modules, path: ["mkdtempSync"] },
    { modules, path: ["promises", "mkdtemp"], yields: "promise" },
    // https://github.com/sindresorhus/tempy, until version 1 and since
    { modules: ["tempy"], path: ["directory"] },
    { modules: ["tempy"], path: ["temporaryDirectory"] },
  ],
);
