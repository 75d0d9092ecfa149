import fs from "fs/promises";

export function backUp(config) {
  return fs
    .readFile(config)
    .then((bytes) => fs.writeFile(`${config}.bak`, bytes))
    .catch((error) => console.error(`no backup: ${error.message}`));
}
