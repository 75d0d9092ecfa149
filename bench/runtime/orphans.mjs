// Which processes are still there after their parent, by the way it ended?
import * as path from "node:path";
import { alive, inLanes, makeFolder, start, until } from "./support.mjs";

const WAYS = ["child_process.spawn", "execa", "ours, adopted", "ours, ctx.spawn"];
const KINDS = { plain: 1, "ignores SIGTERM": 1, "with grandchild": 2 };
const EXITS = ["exit 0", "throw", "reject", "SIGINT", "SIGTERM", "SIGHUP", "SIGKILL", "abort"];
/** A reaper on a busy machine needs its time; who leaves orphans leaves them for good. */
const SCORED_AFTER = 4_000;

export async function orphans({ runs }) {
  const cases = WAYS.flatMap((way) =>
    Object.keys(KINDS).flatMap((kind) => EXITS.map((exit) => ({ way, kind, exit }))),
  );
  const all = cases.flatMap((one) => Array.from({ length: runs }, () => one));
  const left = await inLanes(
    10,
    all.map((one) => () => orphansOf(one)),
  );
  const score = (way, key, value) =>
    all.reduce((sum, one, at) => (one.way === way && one[key] === value ? sum + left[at] : sum), 0);
  const possible = EXITS.length * runs;
  return {
    title: `Orphans: processes alive after their parent (${EXITS.length} exits x ${runs})`,
    columns: [
      "started with",
      ...Object.entries(KINDS).map(([kind, processes]) => `${kind} /${possible * processes}`),
      ...EXITS.map((exit) => `${exit} /${4 * runs}`),
    ],
    rows: WAYS.map((way) => [
      way,
      ...Object.keys(KINDS).map((kind) => score(way, "kind", kind)),
      ...EXITS.map((exit) => score(way, "exit", exit)),
    ]),
  };
}

let runs = 0;

async function orphansOf({ way, kind, exit }) {
  const word = `bench-${process.pid}-${(runs += 1)}.`;
  const ready = path.join(makeFolder(), "ready");
  const { child, says, ended } = start("parent.mjs", [way, kind, exit, ready], { env: { BENCH_WORD: word } });
  await says("ready");
  if (exit.startsWith("SIG")) child.kill(exit);
  await ended;
  await until(() => alive(`BENCH_WORD=${word}`).length === 0, SCORED_AFTER);
  const left = alive(`BENCH_WORD=${word}`);
  for (const pid of left) process.kill(pid, "SIGKILL");
  return left.length;
}
