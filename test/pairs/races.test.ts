import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePair, type Pair, start } from "../support/pairs.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "pairs-races-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

async function play(
  file: string,
  race: string,
  scenario: string,
): Promise<readonly (string | number | null)[]> {
  const { stdout, code } = await start(file, [race], { PAIR_SCENARIO: scenario }).ended;
  return [...stdout.trimEnd().split("\n"), code];
}

describe.each(["using", "try-finally"] as const)("the timeout that loses a race: %s", (syntax) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await makePair(mkdtempSync(join(temporary, "pair-")), "races.ts", { syntax, safety: "likely" });
  });

  it.each(["rejected", "promised"])("%s: it no longer keeps the program running", async (race) => {
    expect(await play(pair.before, race, "success")).toEqual(["answer", "kept running", 0]);
    expect(await play(pair.after, race, "success")).toEqual(["answer", "ended", 0]);
  });

  it.each(["rejected", "promised"])("%s: a failure stays the one failure", async (race) => {
    expect(await play(pair.before, race, "throw")).toEqual(["no answer", "kept running", 0]);
    expect(await play(pair.after, race, "throw")).toEqual(["no answer", "ended", 0]);
  });

  it("one that wins the race does what it did", async () => {
    expect(await play(pair.before, "late", "success")).toEqual(["too late", "ended", 0]);
    expect(await play(pair.after, "late", "success")).toEqual(["too late", "ended", 0]);
  });
});
