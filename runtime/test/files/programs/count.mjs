// Adds one to the number in a file, TIMES times, each under the lock: count.mjs FILE TIMES
import * as fs from "node:fs";
import { withLockedFile } from "../../../dist/esm/files/index.js";

const [, , file, times] = process.argv;
for (let turn = 0; turn < Number(times); turn++)
  await withLockedFile(file, { timeout: Infinity }, async () => {
    const number = Number(fs.readFileSync(file, "utf8"));
    await new Promise((resolve) => setImmediate(resolve));
    fs.writeFileSync(file, String(number + 1));
  });
