// Does what it is told and ends as it is told: argv is [mark, folder, JSON of { acts, exit }].
import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { atomicWriteFile, ResourceContext } from "../../../dist/esm/index.js";

const [mark, folder, text] = process.argv.slice(2);
const { acts, exit } = JSON.parse(text);
const childProgram = fileURLToPath(new URL("../../programs/child.mjs", import.meta.url));
const keepAlive = setInterval(() => {}, 1_000);
const contexts = [ResourceContext.root, new ResourceContext(), new ResourceContext()];
const live = [];

const doing = {
  async child({ at, kind, way }) {
    const call = [process.execPath, [childProgram, mark, kind], { stdio: ["ignore", "pipe", "ignore"] }];
    const context = contexts[at];
    const child = way === "spawn" ? context.spawn(...call) : context.process(cp.spawn(...call));
    live.push(child);
    await once(child.stdout, "data");
  },
  async folder({ at }) {
    const made = contexts[at].tempDir(fs.mkdtempSync(path.join(folder, "temp-")));
    fs.writeFileSync(path.join(made, "inside"), "x");
  },
  async write({ file, letter, isAwaited }) {
    const written = atomicWriteFile(path.join(folder, `file-${file}`), letter.repeat(300_000));
    if (isAwaited) await written;
    else written.catch(() => {});
  },
  async dispose({ at, isSync }) {
    const context = contexts[at];
    if (at > 0) contexts[at] = new ResourceContext();
    if (isSync) context.dispose();
    else await context.disposeAsync();
  },
  async move({ at }) {
    if (at > 0) contexts[at] = contexts[at].move();
  },
};
const exits = {
  drain() {
    clearInterval(keepAlive);
    for (const child of live) {
      child.unref();
      child.stdout.unref();
    }
  },
  exit3: () => process.exit(3),
  throw() {
    throw new Error("thrown on purpose");
  },
  reject: () => void Promise.reject(new Error("rejected on purpose")),
};

for (const act of acts) await doing[act.do](act);
// The test waits for this line before it sends a signal.
fs.writeSync(1, "ready\n");
exits[exit]?.();
