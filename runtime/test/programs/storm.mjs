// Starts trees that ignore SIGTERM, one after the other, until it is killed: argv is [mark, how].
import * as cp from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { configure, ResourceContext } from "../../dist/esm/index.js";

const [mark, how] = isMainThread ? process.argv.slice(2) : workerData;
const tree = `trap '' TERM; sh -c 'trap "" TERM; while :; do sleep 1; done # ${mark}' & while :; do sleep 1; done # ${mark}`;

async function storm() {
  if (how === "bare") configure({ reaper: false });
  const ctx = new ResourceContext();
  for (let count = 0; count < 20; count += 1) {
    if (how === "bare") cp.spawn("sh", ["-c", tree], { stdio: "ignore", detached: true });
    else ctx.spawn("sh", ["-c", tree], { stdio: "ignore" });
    if (count === 0) process.stdout.write("ready\n");
    if (how === "slow") await sleep(5);
  }
}

if (how === "worker" && isMainThread) new Worker(fileURLToPath(import.meta.url), { workerData: [mark, how] });
else await storm();
setInterval(() => {}, 1_000);
