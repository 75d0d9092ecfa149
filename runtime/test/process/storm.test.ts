import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alive, ensureBuilt, killAll, newMark, sleep, start, until } from "../helpers.js";

const IS_LONG = process.env["RESOURCE_FAULTS"] === "long";
const RUNS = IS_LONG ? 40 : 4;

beforeAll(ensureBuilt, 120_000);
afterAll(() => killAll(alive(`mark-${process.pid}-`)));

/** Kills a program with -9 while it starts trees that ignore SIGTERM, and counts what is left of them. */
async function orphansOf(how: string, ms: number): Promise<number> {
  const mark = newMark();
  const running = start("storm.mjs", mark, how);
  await running.says("ready");
  await sleep(ms);
  running.child.kill("SIGKILL");
  await running.ended;
  if (how === "bare") await sleep(1_000);
  // They end never by themselves, so the bound is there for the failure alone.
  else await until(() => alive(mark).length === 0, 120_000);
  const orphans = alive(mark);
  killAll(orphans);
  return orphans.length;
}

describe("kill -9 while 20 trees are being started that ignore SIGTERM", () => {
  it.each(["fast", "slow", "worker"])(
    "leaves none of them, by ctx.spawn (%s)",
    async (how) => {
      for (let run = 0; run < RUNS; run += 1) expect(await orphansOf(how, Math.random() * 60)).toBe(0);
    },
    RUNS * 130_000,
  );

  it("leaves them without this package, so the test above can fail", async () => {
    expect(await orphansOf("bare", 30)).toBeGreaterThan(1);
  });
});
