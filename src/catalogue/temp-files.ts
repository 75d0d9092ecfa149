import type { Release, ResourceModel } from "../types.js";
import { adopt, adoptOnce, family, method, notAdopted, onceOnly } from "./entry.js";

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
const folders = family({ kind: "temp-dir", release, ends: [], adopt: { by: "wrap", method: "tempDir" } }, [
  // https://nodejs.org/api/fs.html
  { modules: ["fs/promises"], path: ["mkdtemp"], yields: "promise" },
  { modules, path: ["mkdtempSync"] },
  { modules, path: ["promises", "mkdtemp"], yields: "promise" },
  // https://github.com/sindresorhus/tempy, until version 1 and since
  { modules: ["tempy"], path: ["directory"] },
  { modules: ["tempy"], path: ["temporaryDirectory"] },
]);

const unlinking = [
  ...release,
  removal(["unlinkSync"], "now", modules),
  removal(["unlink"], "promise", [...modules, "fs/promises"]),
  removal(["promises", "unlink"], "promise", modules),
];

/** https://github.com/sindresorhus/tempy: what is only named is not there yet, what is written is. */
const files = family(
  { kind: "temp-file", release: unlinking, ends: [], adopt: { by: "wrap", method: "tempFile" } },
  [
    { modules: ["tempy"], path: ["writeSync"] },
    { modules: ["tempy"], path: ["temporaryWriteSync"] },
    { modules: ["tempy"], path: ["write"], yields: "promise" },
    { modules: ["tempy"], path: ["temporaryWrite"], yields: "promise" },
  ],
);

/** https://nodejs.org/api/fs.html#fspromisesmkdtempdisposableprefix-options, since Node 24: it has a dispose symbol as well. */
const disposable = [
  ...family(
    { kind: "temp-dir", release: [method("remove")], ends: [], adopt: adopt("(folder) => folder.remove()") },
    [
      { modules: ["fs/promises"], path: ["mkdtempDisposable"], yields: "promise" },
      { modules: ["fs"], path: ["promises", "mkdtempDisposable"], yields: "promise" },
    ],
  ),
  ...family(
    {
      kind: "temp-dir",
      release: [method("remove", "now")],
      ends: [],
      adopt: adopt("(folder) => folder.remove()"),
    },
    [{ modules: ["fs"], path: ["mkdtempDisposableSync"] }],
  ),
];

/** https://github.com/benjamingr/tmp-promise: a second `cleanup()` never settles. */
const promised = (["dir", "file"] as const).flatMap((what) =>
  family(
    {
      kind: what === "dir" ? "temp-dir" : "temp-file",
      release: [onceOnly("cleanup")],
      ends: [],
      adopt: adoptOnce,
    },
    [
      {
        modules: ["tmp-promise"],
        path: [what],
        yields: "promise",
        holds: { members: [], releases: ["cleanup"] },
      },
    ],
  ),
);

/** https://github.com/raszi/node-tmp: a second `removeCallback()` does nothing. */
const named = (["dir", "file"] as const).flatMap((what) =>
  family(
    {
      kind: what === "dir" ? "temp-dir" : "temp-file",
      release: [method("removeCallback", "now")],
      ends: [],
      adopt: adopt("(temporary) => temporary.removeCallback()"),
    },
    [
      {
        modules: ["tmp", "tmp-promise"],
        path: [`${what}Sync`],
        holds: { members: [], releases: ["removeCallback"] },
      },
    ],
  ),
);

/** A callback gets the path. */
const passed = [
  ...family({ kind: "temp-dir", release: [], ends: [], adopt: notAdopted }, [
    { modules: ["fs", "graceful-fs"], path: ["mkdtemp"], yields: "passed" },
    { modules: ["tmp"], path: ["dir"], yields: "passed" },
  ]),
  ...family({ kind: "temp-file", release: [], ends: [], adopt: notAdopted }, [
    { modules: ["tmp"], path: ["file"], yields: "passed" },
  ]),
];

export const tempFiles: readonly ResourceModel[] = [
  ...folders,
  ...files,
  ...named,
  ...disposable,
  ...promised,
  ...passed,
];
