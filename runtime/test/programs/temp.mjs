// Makes temporary files and folders and ends in a given way: argv is [folder, kind of exit]. Prints what it made.
import * as fs from "node:fs";
import * as path from "node:path";
import { ResourceContext } from "../../dist/esm/index.js";

const [folder, exit] = process.argv.slice(2);
const ctx = new ResourceContext();
const made = [
  ctx.tempFile({ dir: folder, suffix: ".txt" }),
  ctx.tempDir({ dir: folder, prefix: "upload-" }),
  await ctx.mkdtemp(path.join(folder, "job-")),
  ctx.mkdtempSync(path.join(folder, "sync-")),
  ResourceContext.root.tempFile({ dir: folder, secret: true }),
];
fs.writeFileSync(made[0], "text");
fs.writeFileSync(path.join(made[2], "inside"), "text");
const exits = {
  drain: () => clearInterval(keepAlive),
  exit3: () => process.exit(3),
  throw: () => {
    throw new Error("thrown on purpose");
  },
  reject: () => void Promise.reject(new Error("rejected on purpose")),
};
const keepAlive = setInterval(() => {}, 1_000);
process.stdout.write(`${JSON.stringify(made)}\nready\n`);
exits[exit]?.();
