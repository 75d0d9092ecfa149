import type { Adoption, ResourceModel, Yields } from "../types.js";

interface Write {
  readonly module: string;
  readonly modules?: readonly string[];
  readonly path: readonly string[];
  readonly yields: Yields;
  readonly adopt: Adoption;
}

const atomic: Adoption = { by: "replace", name: "atomicWriteFile" };
const atomicSync: Adoption = { by: "replace", name: "atomicWriteFileSync" };
const none: Adoption = { by: "none", reason: "no-drop-in" };
const atomicAlready: Adoption = { by: "none", reason: "already-atomic" };

function write({ module, modules = [module], path, yields, adopt }: Write): ResourceModel {
  return {
    id: `${module}#${path.join(".")}`,
    kind: "file-write",
    acquire: { by: "call", modules: modules.map((name) => name.replace(/^node:/, "")), path },
    yields,
    lasts: "once",
    release: [],
    ends: [],
    args: { path: 0, options: 2 },
    adopt,
    transform: "file-writes",
  };
}

/** https://nodejs.org/api/fs.html; graceful-fs has the same functions under the same names. */
const nodeFs = ["node:fs", "graceful-fs"].flatMap((module) => [
  write({ module, path: ["writeFile"], yields: "callback", adopt: atomic }),
  write({ module, path: ["writeFileSync"], yields: "nothing", adopt: atomicSync }),
  write({ module, path: ["promises", "writeFile"], yields: "promise", adopt: atomic }),
]);

/** https://github.com/jprichardson/node-fs-extra: fs with promises, plus helpers that also make folders or JSON. */
const extra = "fs-extra";
const extraModules = ["fs-extra", "fs-extra/esm"];
const fsExtra = [
  write({ module: extra, path: ["writeFile"], yields: "promise", adopt: atomic }),
  write({ module: extra, path: ["writeFileSync"], yields: "nothing", adopt: atomicSync }),
  write({ module: extra, path: ["promises", "writeFile"], yields: "promise", adopt: atomic }),
  ...["outputFile", "outputJson", "outputJSON", "writeJson", "writeJSON"].map((name) =>
    write({ module: extra, modules: extraModules, path: [name], yields: "promise", adopt: none }),
  ),
  ...["outputFileSync", "outputJsonSync", "outputJSONSync", "writeJsonSync", "writeJSONSync"].map((name) =>
    write({ module: extra, modules: extraModules, path: [name], yields: "nothing", adopt: none }),
  ),
];

/** https://github.com/jprichardson/node-jsonfile: it writes with `fs.writeFile`. */
const jsonFile = [
  write({ module: "jsonfile", path: ["writeFile"], yields: "promise", adopt: none }),
  write({ module: "jsonfile", path: ["writeFileSync"], yields: "nothing", adopt: none }),
];

/**
 * https://github.com/npm/write-file-atomic and what writes through it (https://github.com/sindresorhus/write-json-file,
 * https://github.com/sindresorhus/write-package, write-yaml-file), https://github.com/fabiospampinato/atomically.
 */
const carefully = (module: string, path: readonly string[], yields: Yields): ResourceModel =>
  write({ module, path, yields, adopt: atomicAlready });
const careful = [
  carefully("write-file-atomic", [], "promise"),
  carefully("write-file-atomic", ["sync"], "nothing"),
  carefully("atomically", ["writeFile"], "promise"),
  carefully("atomically", ["writeFileSync"], "nothing"),
  ...["write-json-file", "write-yaml-file"].flatMap((module) => [
    carefully(module, [], "promise"),
    carefully(module, ["sync"], "nothing"),
  ]),
  carefully("write-json-file", ["writeJsonFile"], "promise"),
  carefully("write-json-file", ["writeJsonFileSync"], "nothing"),
  carefully("write-package", ["writePackage"], "promise"),
  carefully("write-package", ["writePackageSync"], "nothing"),
];

export const fileWrites: readonly ResourceModel[] = [
  ...nodeFs,
  write({ module: "node:fs/promises", path: ["writeFile"], yields: "promise", adopt: atomic }),
  ...fsExtra,
  ...jsonFile,
  ...careful,
];
