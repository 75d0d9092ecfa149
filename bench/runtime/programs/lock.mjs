// argv is [locker, file, what]: "hold" keeps the lock, "take" takes it once and says so, a number counts up so often.
import * as fs from "node:fs";
import { lockers } from "../lockers.mjs";

const [name, file, what] = process.argv.slice(2);
const lock = lockers[name];
if (what === "hold") {
  await lock(file);
  fs.writeSync(1, "held\n");
  setInterval(() => {}, 1_000);
} else if (what === "take") {
  fs.writeSync(1, "waiting\n");
  const unlock = await lock(file);
  fs.writeSync(1, "taken\n");
  await unlock();
  process.exit(0);
} else {
  for (let turn = 0; turn < Number(what); turn += 1) {
    const unlock = await lock(file);
    const count = Number(fs.readFileSync(file, "utf8"));
    await new Promise(setImmediate);
    fs.writeFileSync(file, String(count + 1));
    await unlock();
  }
  process.exit(0);
}
