// A worker thread that holds a child.
import * as cp from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { ResourceContext } from "../../dist/esm/index.js";

const program = fileURLToPath(new URL("child.mjs", import.meta.url));
ResourceContext.root.process(
  cp.spawn(process.execPath, [program, process.argv[2], "plain"], { stdio: "ignore" }),
);
await sleep(300);
parentPort.postMessage("started");
