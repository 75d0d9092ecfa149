import { writeFile } from "node:fs/promises";

const [, , path = "", size = "1", rounds = "1"] = process.argv;

console.log("ready");
for (let round = 0; round < Number(rounds); round++)
  await writeFile(path, String(round % 10).repeat(Number(size)));
console.log("written");
