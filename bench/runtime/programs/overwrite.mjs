// Replaces one file over and over until it is killed, or once: argv is [writer, file, "once" or nothing].
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writers } from "../writers.mjs";

const [name, file, once] = process.argv.slice(2);
const write = writers[name];
const letters = ["a", "b", "c"].map((letter) => Buffer.alloc(1024 * 1024, letter));
await write(file, letters[0]);
if (once === "once") await sleep(5);
else {
  fs.writeSync(1, "writing\n");
  for (let turn = 1; ; turn += 1) {
    await write(file, letters[turn % letters.length]);
    if (turn % 8 === 0) await sleep(0);
  }
}
