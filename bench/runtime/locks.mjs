// Does a lock keep others out, and how long does the next one wait when the holder is killed?
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockers } from "./lockers.mjs";
import { makeFolder, median, start } from "./support.mjs";

export async function locks({ contenders, turns, kills }) {
  const names = Object.keys(lockers);
  const nexts = await Promise.all(names.map((name) => nextHolder(name, kills)));
  const stopped = await Promise.all(names.map((name) => whileStopped(name)));
  const rows = [];
  for (const [at, name] of names.entries()) {
    const { lost, perSecond } = await count(name, contenders, turns);
    rows.push([name, `${lost} of ${contenders * turns}`, perSecond.toFixed(0), nexts[at], stopped[at]]);
  }
  return {
    title: `Locks: ${contenders} processes x ${turns} increments under the lock`,
    columns: [
      "lock",
      "lost updates",
      "locks per second",
      "next holder after kill -9, ms",
      "holder stopped for 4 s: lock is",
    ],
    rows,
  };
}

function newFile() {
  const file = path.join(makeFolder(), "count");
  fs.writeFileSync(file, "0");
  return file;
}

async function count(name, contenders, turns) {
  const file = newFile();
  const begin = performance.now();
  await Promise.all(Array.from({ length: contenders }, () => start("lock.mjs", [name, file, turns]).ended));
  const seconds = (performance.now() - begin) / 1000;
  const lost = contenders * turns - Number(fs.readFileSync(file, "utf8"));
  return { lost, perSecond: (contenders * turns) / seconds };
}

async function nextHolder(name, kills) {
  const times = [];
  for (let turn = 0; turn < kills; turn += 1) {
    const { holder, next } = await holderAndNext(name);
    const begin = performance.now();
    holder.child.kill("SIGKILL");
    await next.says("taken");
    times.push(performance.now() - begin);
    await next.ended;
  }
  return median(times).toFixed(0);
}

async function whileStopped(name) {
  const { holder, next } = await holderAndNext(name);
  holder.child.kill("SIGSTOP");
  const isTaken = await Promise.race([next.says("taken").then(() => true), sleep(4_000, false)]);
  holder.child.kill("SIGKILL");
  next.child.kill("SIGKILL");
  await Promise.all([holder.ended, next.ended]);
  return isTaken ? "given away" : "kept";
}

async function holderAndNext(name) {
  const file = newFile();
  const holder = start("lock.mjs", [name, file, "hold"]);
  await holder.says("held");
  const next = start("lock.mjs", [name, file, "take"]);
  await next.says("waiting");
  await sleep(200);
  return { holder, next };
}
