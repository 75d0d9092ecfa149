// 300 operations at once and how many went well: argv is [what, folder].
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { once } from "node:events";
import { execa } from "execa";
import * as runtime from "../../../runtime/dist/esm/index.js";
import { writers } from "../writers.mjs";

const [what, folder] = process.argv.slice(2);
const ctx = new runtime.ResourceContext();
const ended = async (child) => {
  await Promise.race([once(child, "close"), once(child, "error").then(([error]) => Promise.reject(error))]);
  if (child.exitCode !== 0) throw new Error(`exit status ${child.exitCode}`);
};
const operations = {
  ...writers,
  "child_process.spawn": () => ended(cp.spawn("true")),
  execa: () => execa("true"),
  "ours, ctx.spawn": () => ended(ctx.spawn("true")),
};
// Only now: loading all of these takes more descriptors than that.
cp.execFileSync("prlimit", ["--pid", String(process.pid), "--nofile=64:64"]);
const isWriter = what in writers;
const content = (at) => `content of ${at}`;
const results = await Promise.allSettled(
  Array.from({ length: 300 }, async (_, at) => operations[what](path.join(folder, String(at)), content(at))),
);
const isWell = (result, at) =>
  result.status === "fulfilled" &&
  (!isWriter || fs.readFileSync(path.join(folder, String(at)), "utf8") === content(at));
process.stdout.write(JSON.stringify({ well: results.filter(isWell).length }));
process.exit(0);
