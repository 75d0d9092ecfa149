// What adopting a child adds to starting it: argv is [rounds]. Bare and adopted children take turns.
import * as cp from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "../../../runtime/dist/esm/index.js";

const [rounds] = process.argv.slice(2);
const ctx = new ResourceContext();
const times = { spawn: [], adopt: [], bareLife: [], adoptedLife: [] };
for (let round = -5; round < Number(rounds); round += 1)
  for (const isAdopted of [false, true]) {
    const begin = performance.now();
    const child = cp.spawn("true", { stdio: "ignore" });
    const started = performance.now();
    if (isAdopted) ctx.process(child);
    const adopted = performance.now();
    await once(child, "exit");
    const ended = performance.now();
    if (round < 0) continue;
    times.spawn.push(started - begin);
    if (isAdopted) times.adopt.push(adopted - started);
    times[isAdopted ? "adoptedLife" : "bareLife"].push(ended - begin);
  }
process.stdout.write(JSON.stringify(times));
await ctx.disposeAsync();
