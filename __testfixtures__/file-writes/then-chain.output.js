import fs from "fs/promises";
import { atomicWriteFile } from "resource-context";

export function backUp(config) {
  return fs
    .readFile(config)
    .then((bytes) => atomicWriteFile(`${config}.bak`, bytes))
    .catch((error) => console.error(`no backup: ${error.message}`));
}
