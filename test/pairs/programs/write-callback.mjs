import fs from "node:fs";

const [, , path, size, rounds] = process.argv;

function save(round) {
  if (round === Number(rounds)) return console.log("written");
  fs.writeFile(path, String(round % 10).repeat(Number(size)), (error) => {
    if (error) throw error;
    save(round + 1);
  });
}

console.log("ready");
save(0);
