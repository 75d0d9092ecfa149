import type { Adoption, ResourceModel } from "../../types.js";
import { type Entry, family, method } from "../entry.js";

const args = { path: -1, options: 2 } as const;
const adopted: Adoption = { by: "wrap", method: "process" };
const kill = [method("kill", "event")];
const ends = ["close", "exit"];
const blocking = (modules: readonly string[], names: readonly string[]): readonly ResourceModel[] =>
  family(
    { kind: "child-process", release: kill, ends, adopt: { by: "none", reason: "synchronous" } },
    names.map((name) => ({ modules, path: [name], yields: "nothing", args })),
  );

/** https://github.com/moxystudio/node-cross-spawn */
const crossSpawn = family({ kind: "child-process", release: kill, ends, adopt: adopted }, [
  { modules: ["cross-spawn"], path: [], args },
  { modules: ["cross-spawn"], path: ["spawn"], args },
]);

/** https://github.com/sindresorhus/execa: a child process that is also the promise of its end, with an exit hook. */
const execa = family(
  { kind: "child-process", release: kill, ends, adopt: adopted },
  settling(["execa"], [[], ["execa"], ["execaCommand"], ["execaNode"], ["command"], ["$"]]).map((entry) => ({
    ...entry,
    endsWithProgram: true,
  })),
);

/** https://github.com/google/zx */
const zx = family({ kind: "child-process", release: kill, ends, adopt: adopted }, settling(["zx"], [["$"]]));

/** https://github.com/tinylibs/tinyexec */
const tinyexec = family(
  { kind: "child-process", release: kill, ends, adopt: adopted },
  settling(["tinyexec"], [["x"], ["exec"]]),
);

/** https://github.com/microsoft/node-pty */
const terminals = family(
  { kind: "child-process", release: kill, ends: ["onExit", ...ends], adopt: adopted },
  [
    {
      modules: ["node-pty", "@lydell/node-pty", "@homebridge/node-pty-prebuilt-multiarch"],
      path: ["spawn"],
      args,
    },
  ],
);

function settling(modules: readonly string[], paths: readonly (readonly string[])[]): readonly Entry[] {
  return paths.map((path) => ({ modules, path, lasts: "settled", args }));
}

export const launchers: readonly ResourceModel[] = [
  ...crossSpawn,
  ...blocking(["cross-spawn"], ["sync"]),
  ...execa,
  ...zx,
  ...blocking(["execa"], ["execaSync", "execaCommandSync", "sync", "commandSync"]),
  ...tinyexec,
  ...terminals,
];
