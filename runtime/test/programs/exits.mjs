// Starts one child and ends in a given way: argv is [mark, kind of child, kind of exit, way of starting].
import * as cp from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { ResourceContext } from "../../dist/esm/index.js";

const [mark, kind, exit, way] = process.argv.slice(2);
const program = fileURLToPath(new URL("child.mjs", import.meta.url));
const command = [process.execPath, [program, mark, kind], { stdio: ["ignore", "pipe", "ignore"] }];
const start = {
  adopted: () => ResourceContext.root.process(cp.spawn(...command)),
  spawned: () => new ResourceContext().spawn(...command),
  // What everybody does today, to see that these tests can fail.
  bare: () => cp.spawn(...command),
};
const exits = {
  drain: () => {
    child.unref();
    child.stdout.unref();
    clearInterval(keepAlive);
  },
  exit3: () => process.exit(3),
  throw: () => {
    throw new Error("thrown on purpose");
  },
  reject: () => void Promise.reject(new Error("rejected on purpose")),
};

const keepAlive = setInterval(() => {}, 1_000);
const child = start[way]();
await once(child.stdout, "data");
// The test waits for this line before it sends a signal.
process.stdout.write("ready\n");
exits[exit]?.();
