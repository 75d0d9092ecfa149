// Tries to lock a file for MS milliseconds and prints what came of it: try.mjs FILE MS [HOURS the clock is wrong]
import { lockedFile } from "../../../dist/esm/files/index.js";

const [, , file, ms, hours = "0"] = process.argv;
const { now } = Date;
Date.now = () => now() + Number(hours) * 3_600_000;
try {
  const lock = await lockedFile(file, { timeout: Number(ms) });
  await lock.close();
  process.stdout.write("locked\n");
} catch (error) {
  process.stdout.write(`${error.code} ${error.pid}\n`);
}
