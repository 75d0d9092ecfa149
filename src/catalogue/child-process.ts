import type { Adoption, ResourceModel } from "../types.js";

const modules = ["child_process"];
const release = [{ by: "method", name: "kill", completes: "event", again: "harmless" }] as const;
const ends = ["close", "exit"];
const adopted: Adoption = { by: "wrap", method: "process" };
const blocking: Adoption = { by: "none", reason: "synchronous" };

function entry(
  name: string,
  rest: Pick<ResourceModel, "yields" | "adopt"> & { readonly options: number },
): ResourceModel {
  return {
    id: `node:child_process#${name}`,
    kind: "child-process",
    acquire: { by: "call", modules, path: [name] },
    yields: rest.yields,
    lasts: "open",
    release,
    ends,
    args: { path: -1, options: rest.options },
    adopt: rest.adopt,
    transform: "spawn",
  };
}

/** https://nodejs.org/api/child_process.html */
export const childProcess: readonly ResourceModel[] = [
  entry("spawn", { yields: "handle", adopt: adopted, options: 2 }),
  entry("fork", { yields: "handle", adopt: adopted, options: 2 }),
  // Both call back once, when the child has ended; promisified, they settle then.
  entry("exec", { yields: "callback", adopt: adopted, options: 1 }),
  entry("execFile", { yields: "callback", adopt: adopted, options: 2 }),
  entry("spawnSync", { yields: "nothing", adopt: blocking, options: 2 }),
  entry("execSync", { yields: "nothing", adopt: blocking, options: 1 }),
  entry("execFileSync", { yields: "nothing", adopt: blocking, options: 2 }),
];
