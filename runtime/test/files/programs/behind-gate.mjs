// Locks a file in the way that is for network file systems: behind-gate.mjs FILE count TIMES | die | hold | try MS
import * as fs from "node:fs";
import { behindGate } from "../../../dist/esm/files/lock/acquire.js";
import { findPlace } from "../../../dist/esm/files/lock/place.js";

const [, , file, how, number = "1"] = process.argv;
const place = await findPlace(file);

const lock = (ms) => {
  const limits = { deadline: performance.now() + ms, signal: undefined };
  return behindGate({ place, asked: file, timeout: ms, signal: undefined }, limits);
};

if (how === "try") {
  const outcome = await lock(Number(number)).then(
    (grip) => (grip.release(), "locked"),
    (error) => `${error.code} ${error.pid}`,
  );
  process.stdout.write(`${outcome}\n`);
  process.exit(0);
}
for (let turn = 0; turn < Number(number); turn++) {
  const grip = await lock(60_000);
  if (how === "hold") {
    fs.writeSync(1, "held\n");
    await new Promise(() => setInterval(() => {}, 1_000));
  }
  const count = Number(fs.readFileSync(file, "utf8"));
  await new Promise((resolve) => setImmediate(resolve));
  fs.writeFileSync(file, String(count + 1));
  if (how === "die") process.kill(process.pid, "SIGKILL");
  grip.release();
}
