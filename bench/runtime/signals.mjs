// SIGTERM at a random moment while a program takes and lets go of things: does it end, and of that signal?
import { setTimeout as sleep } from "node:timers/promises";
import { inLanes, makeFolder, start } from "./support.mjs";

const SUBJECTS = [
  "nothing",
  "signal-exit",
  "write-file-atomic",
  "atomically",
  "execa",
  "ours, files",
  "ours, folders",
  "ours, children",
];
/** A program that is still there by now has not seen the signal. */
const BOUND = 5_000;

export async function signals({ signals: count }) {
  const rows = [];
  for (const name of SUBJECTS) {
    const endings = await inLanes(
      4,
      Array.from({ length: count }, () => () => endingOf(name)),
    );
    const number = (ending) => endings.filter((one) => one === ending).length;
    rows.push([name, count, number("swallowed"), number("other")]);
  }
  return {
    title: "Swallowed signals: SIGTERM at a random moment",
    columns: ["program that takes and lets go of", "signals", "swallowed", "ended with another status"],
    rows,
  };
}

async function endingOf(name) {
  const { child, says, ended } = start("busy.mjs", [name], { env: { BENCH_FOLDER: makeFolder() } });
  await says("working");
  await sleep(Math.random() * 20);
  child.kill("SIGTERM");
  const ending = await Promise.race([ended, sleep(BOUND, undefined, { ref: false })]);
  if (ending === undefined) child.kill("SIGKILL");
  if (ending === undefined) return "swallowed";
  return ending.signal === "SIGTERM" ? "well" : "other";
}
