// The ways to replace a file that are compared, by name.
import * as fs from "node:fs";
import { writeFile as atomically, writeFileSync as atomicallySync } from "atomically";
import writeFileAtomic from "write-file-atomic";
import { atomicWriteFile, atomicWriteFileSync } from "../../runtime/dist/esm/index.js";

export const writers = {
  "fs.writeFile": (file, data) => fs.promises.writeFile(file, data),
  "fs.writeFile, flush": (file, data) => fs.promises.writeFile(file, data, { flush: true }),
  "fs.writeFileSync": (file, data) => fs.writeFileSync(file, data),
  "write-file-atomic": (file, data) => writeFileAtomic(file, data),
  "write-file-atomic.sync": (file, data) => writeFileAtomic.sync(file, data),
  atomically: (file, data) => atomically(file, data),
  "atomically, sync": (file, data) => atomicallySync(file, data),
  "ours, none": (file, data) => atomicWriteFile(file, data, { durability: "none" }),
  "ours, file": (file, data) => atomicWriteFile(file, data, { durability: "file" }),
  "ours, full": (file, data) => atomicWriteFile(file, data, { durability: "full" }),
  "ours, sync": (file, data) => atomicWriteFileSync(file, data),
};
