// Starts one child and ends in a given way: argv is [way, child, exit, file that the child makes when it is ready].
import * as cp from "node:child_process";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { ResourceContext } from "../../../runtime/dist/esm/index.js";

const [way, kind, exit, ready] = process.argv.slice(2);
// Shells and sleeps start at once, and `trap ""` is inherited by what they become.
const scripts = {
  plain: `: > "$0"; exec sleep 600`,
  "ignores SIGTERM": `trap '' TERM; : > "$0"; exec sleep 600`,
  "with grandchild": `sleep 600 & : > "$0"; wait`,
};
const command = ["sh", ["-c", scripts[kind], ready]];
const keepAlive = setInterval(() => {}, 1_000);
const starting = {
  "child_process.spawn": () => cp.spawn(...command, { stdio: "ignore" }),
  execa: () => {
    const child = execa(...command, { stdio: "ignore" });
    child.catch(() => {});
    return child;
  },
  "ours, adopted": () => ResourceContext.root.process(cp.spawn(...command, { stdio: "ignore" })),
  "ours, ctx.spawn": () => new ResourceContext().spawn(...command, { stdio: "ignore" }),
};
const exits = {
  "exit 0": () => process.exit(0),
  throw: () => {
    throw new Error("thrown on purpose");
  },
  reject: () => void Promise.reject(new Error("rejected on purpose")),
  abort: () => process.abort(),
  drain: () => {
    child.unref();
    clearInterval(keepAlive);
  },
};

const child = starting[way]();
while (!fs.existsSync(ready)) await sleep(5);
await sleep(20);
fs.writeSync(1, "ready\n");
exits[exit]?.();
