// Holds a child and a reaper, and lists what keeps the event loop alive besides the child: nothing.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { configure, ResourceContext } from "../../dist/esm/index.js";

if (process.argv[2] === "off") configure({ reaper: false });
const child = ResourceContext.root.process(cp.spawn("sleep", ["60"], { stdio: "ignore" }));
child.unref();
await sleep(300);

const isReaper = (pid) => {
  try {
    const ours = fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(`) S ${process.pid} `);
    return ours && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("list_marked");
  } catch {
    return false;
  }
};
const reapers = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isReaper(name));
// Standard output is a pipe here, and not ours.
const active = process
  .getActiveResourcesInfo()
  .filter((name) => name !== "PipeWrap" && !/Request|Req/.test(name));
process.stdout.write(`active ${active.join()}\nreapers ${reapers.length}\n`);
