import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePair, type Pair, start } from "../support/pairs.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "pairs-generators-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

async function play(file: string, scenario: string): Promise<string> {
  const { stdout } = await start(file, [], { PAIR_SCENARIO: scenario }).ended;
  return stdout.trimEnd().replace("\n", ", ");
}

describe.each(["using", "try-finally"] as const)("what a generator holds: %s", (syntax) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await makePair(mkdtempSync(join(temporary, "pair-")), "generators.ts", { syntax });
  });

  it.each([
    ["success", "8 closed", "8 closed"],
    ["break", "3 open", "3 closed"],
    ["throw", "no more, 3 open", "no more, 3 closed"],
  ])("%s", async (scenario, before, after) => {
    expect([await play(pair.before, scenario), await play(pair.after, scenario)]).toEqual([before, after]);
  });
});
