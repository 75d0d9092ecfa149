// kill -9 in the middle of replacing 1 MB by 1 MB: is the file whole, is anything left beside it?
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inLanes, makeFolder, start } from "./support.mjs";

const SIZE = 1024 * 1024;
const SUBJECTS = [
  "fs.writeFile",
  "fs.writeFile, flush",
  "fs.writeFileSync",
  "write-file-atomic",
  "write-file-atomic.sync",
  "atomically",
  "atomically, sync",
  "ours, file",
  "ours, sync",
];

export async function tornFiles({ kills }) {
  const rows = [];
  for (const name of SUBJECTS) {
    const lanes = await inLanes(
      3,
      Array.from({ length: 3 }, () => () => killOften(name, Math.ceil(kills / 3))),
    );
    const sum = (key) => lanes.reduce((total, lane) => total + lane[key], 0);
    rows.push([name, sum("kills"), sum("torn"), sum("empty"), sum("littered"), sum("leftAfterNextStart")]);
  }
  return {
    title: "Torn files and litter: kill -9 while 1 MB replaces 1 MB",
    columns: ["writer", "kills", "torn", "empty", "runs that left litter", "files left after the next start"],
    rows,
  };
}

async function killOften(name, kills) {
  const folder = makeFolder();
  const file = path.join(folder, "data.bin");
  const found = { kills, torn: 0, empty: 0, littered: 0, leftAfterNextStart: 0 };
  let before = 0;
  for (let turn = 0; turn < kills; turn += 1) {
    const { child, says, ended } = start("overwrite.mjs", [name, file]);
    await says("writing");
    await sleep(1 + Math.random() * 25);
    child.kill("SIGKILL");
    await ended;
    const state = stateOf(fs.readFileSync(file));
    if (state !== "whole") found[state] += 1;
    const litter = litterIn(folder);
    if (litter > before) found.littered += 1;
    before = litter;
  }
  await start("overwrite.mjs", [name, file, "once"]).ended;
  found.leftAfterNextStart = litterIn(folder);
  return found;
}

const litterIn = (folder) => fs.readdirSync(folder).length - 1;

function stateOf(content) {
  if (content.length === 0) return "empty";
  const isWhole = content.length === SIZE && content.equals(Buffer.alloc(SIZE, content.subarray(0, 1)));
  return isWhole ? "whole" : "torn";
}
