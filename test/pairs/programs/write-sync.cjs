"use strict";
const fs = require("fs");

const [, , path, size, rounds] = process.argv;

console.log("ready");
for (let round = 0; round < Number(rounds); round++)
  fs.writeFileSync(path, String(round % 10).repeat(Number(size)), { encoding: "utf8" });
console.log("written");
