// Takes and lets go of something over and over: argv is [what]. A signal must end it, whenever it comes.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { once } from "node:events";
import { execa } from "execa";
import { onExit } from "signal-exit";
import { ResourceContext } from "../../../runtime/dist/esm/index.js";
import { writers } from "../writers.mjs";

const [what] = process.argv.slice(2);
const folder = process.env["BENCH_FOLDER"] ?? os.tmpdir();
const work = {
  nothing: () => {},
  "signal-exit": () => onExit(() => {})(),
  "write-file-atomic": () => writers["write-file-atomic"](path.join(folder, "file"), "content"),
  atomically: () => writers.atomically(path.join(folder, "file"), "content"),
  execa: () => execa("true").catch(() => {}),
  "ours, files": () => writers["ours, file"](path.join(folder, "file"), "content"),
  "ours, folders": async () => {
    const ctx = new ResourceContext();
    ctx.tempDir(fs.mkdtempSync(path.join(folder, "temp-")));
    await ctx.disposeAsync();
  },
  "ours, children": async () => {
    const ctx = new ResourceContext();
    await once(ctx.process(cp.spawn("true")), "exit");
    await ctx.disposeAsync();
  },
}[what];

await work();
fs.writeSync(1, "working\n");
for (;;) {
  for (let turn = 0; turn < 10; turn += 1) await work();
  await new Promise(setImmediate);
}
