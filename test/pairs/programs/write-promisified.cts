import fs = require("fs");
import util = require("util");

const writeFile = util.promisify(fs.writeFile);
const [, , path = "", size = "1", rounds = "1"] = process.argv;

async function saveAll(): Promise<void> {
  console.log("ready");
  for (let round = 0; round < Number(rounds); round++)
    await writeFile(path, Buffer.alloc(Number(size), String(round % 10)));
  console.log("written");
}

void saveAll();
