import { beforeAll, describe, expect, it } from "vitest";
import { alive, ensureBuilt, killAll, newMark, sleep, start, until } from "./helpers.js";

interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
}

const EXITS: Readonly<Record<string, Outcome>> = {
  drain: { code: 0, signal: null },
  exit3: { code: 3, signal: null },
  throw: { code: 1, signal: null },
  reject: { code: 1, signal: null },
  SIGINT: { code: null, signal: "SIGINT" },
  SIGTERM: { code: null, signal: "SIGTERM" },
  SIGHUP: { code: null, signal: "SIGHUP" },
  SIGKILL: { code: null, signal: "SIGKILL" },
};
const KINDS = ["plain", "stubborn", "family"];
const cases = (ways: readonly string[]): readonly (readonly [string, string, string])[] =>
  ways.flatMap((way) =>
    KINDS.flatMap((kind) => Object.keys(EXITS).map((exit) => [way, kind, exit] as const)),
  );

const isSignal = (exit: string): exit is "SIGINT" => exit.startsWith("SIG");

/** Runs one program to its end and gives back how it ended and which children it left. */
async function orphansOf(way: string, kind: string, exit: string) {
  const mark = newMark();
  const run = start("exits.mjs", mark, kind, exit, way);
  await run.says("ready");
  if (isSignal(exit)) run.child.kill(exit);
  const ended = await run.ended;
  if (way === "bare") await sleep(300);
  else await until(() => alive(mark).length === 0);
  const orphans = alive(mark);
  killAll(orphans);
  return { ...ended, orphans: orphans.length };
}

beforeAll(ensureBuilt, 120_000);

describe(
  "P4 no child outlives its parent, and the parent ends as it would have",
  { concurrent: true },
  () => {
    it.each(cases(["adopted", "spawned"]))("%s, %s child, %s", async (way, kind, exit) => {
      const { code, signal, stderr, orphans } = await orphansOf(way, kind, exit);
      expect({ code, signal, orphans }).toEqual({ ...EXITS[exit], orphans: 0 });
      if (exit === "throw") expect(stderr).toContain("Error: thrown on purpose");
      if (exit === "reject") expect(stderr).toContain("Error: rejected on purpose");
      expect(stderr).not.toContain("CleanupError");
    });
  },
);

describe("without this package children stay, so the tests above can fail", { concurrent: true }, () => {
  it.each([
    ["plain", "drain"],
    ["stubborn", "throw"],
    ["family", "SIGKILL"],
    ["family", "SIGTERM"],
  ])("%s child, %s", async (kind, exit) => {
    const { code, signal, orphans } = await orphansOf("bare", kind, exit);
    expect({ code, signal }).toEqual(EXITS[exit]);
    expect(orphans).toBe(kind === "family" ? 2 : 1);
  });
});
