// Replaces one file over and over, each time all with another letter, until it is killed.
import * as fs from "node:fs";

const [entry, how, file] = process.argv.slice(2);
const { atomicWriteFile, atomicWriteFileSync } = await import(entry);
const write = {
  "fs.writeFile": fs.promises.writeFile,
  "fs.writeFileSync": fs.writeFileSync,
  atomicWriteFile,
  atomicWriteFileSync,
}[how];

const letters = ["a", "b", "c"].map((letter) => Buffer.alloc(1024 * 1024, letter));
await write(file, letters[0]);
fs.writeSync(1, "writing\n");
for (let turn = 1; ; turn++) await write(file, letters[turn % letters.length]);
