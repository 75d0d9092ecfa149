import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  limiter,
  type Ended,
  killMarked,
  makePair,
  marked,
  type Pair,
  type PairOptions,
  pause,
  start,
} from "../support/pairs.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "pairs-")));
afterAll(async () => {
  for (const all of await Promise.allSettled(stories))
    if (all.status === "fulfilled") await Promise.allSettled(Object.values(all.value).flat());
  rmSync(temporary, { recursive: true, force: true });
});

const programs: readonly (readonly [title: string, file: string, settings: PairOptions, expected: string])[] =
  [
    ["a spawn in a promise executor", "executor.ts", {}, "ResourceContext.root.process(spawn("],
    ["an exec with a callback, CommonJS", "exec-callback.cts", {}, "const child = cp.exec("],
    [
      "an execFile with a callback",
      "exec-file-callback.mjs",
      {},
      "ResourceContext.root.process(cp.execFile(",
    ],
    ["a fork in a method", "fork-with-listener.ts", {}, "ResourceContext.root.process(fork("],
    ["a chain of listeners, CommonJS", "listener-chain.cjs", {}, "ResourceContext.root.process(spawn("],
    ["a scope with using", "scope.ts", { syntax: "using" }, "await using ctx = new ResourceContext()"],
    ["a scope with try and finally", "scope.ts", { syntax: "try-finally" }, "await ctx.disposeAsync()"],
    ["a scope in a loop", "scope-in-a-loop.mjs", { syntax: "try-finally" }, "await ctx.disposeAsync()"],
    [
      "a promisified exec under --strict",
      "promisified.mts",
      { strict: true },
      "ResourceContext.root.process(run(",
    ],
    [
      "fire and forget with the terminal, at unsafe",
      "fire-and-forget.cjs",
      { safety: "unsafe" },
      "ResourceContext.root.process(cp.spawn(",
    ],
    ["a spawn that is acquired", "executor.ts", { emit: "acquire" }, "ResourceContext.root.spawn("],
    ["an exec that is acquired", "exec-callback.cts", { emit: "acquire" }, "ResourceContext.root.exec("],
    ["a fork that is acquired", "fork-with-listener.ts", { emit: "acquire" }, "ResourceContext.root.fork("],
    ["a scope that acquires", "scope.ts", { syntax: "using", emit: "acquire" }, "ctx.spawn("],
  ];

type Scenario = "success" | "throw" | "reject" | "signal";

interface Story extends Ended {
  /** How many processes the program left behind. */
  readonly left: number;
}

/** Runs one version of a program through a scenario, and counts what it leaves behind. */
async function play(file: string, scenario: Scenario, behaviour: "patient" | "stubborn"): Promise<Story> {
  const mark = randomUUID();
  const env = {
    PAIR_MARK: mark,
    PAIR_SCENARIO: scenario,
    PAIR_CHILD: behaviour,
    PAIR_STARTED: join(temporary, `started-${mark}`),
  };
  try {
    const running = start(file, [], env);
    if (scenario === "signal") {
      await running.says("ready");
      running.child.kill("SIGTERM");
    }
    const ended = await running.ended;
    return { ...ended, left: await leftBehind(mark) };
  } finally {
    killMarked(mark);
  }
}

/** A killed process may take a moment to go: what is left after half a second stays. */
async function leftBehind(mark: string): Promise<number> {
  for (let tries = 0; tries < 25 && marked(mark).length > 0; tries++) await pause(20);
  return marked(mark).length;
}

/** So many programs at a time: most of them only wait. */
const inParallel = limiter(12);
const scenarios = ["throw", "reject", "signal"] as const;

type Stories = Readonly<Record<(typeof scenarios)[number] | "success", readonly Promise<Story>[]>>;

/** All runs of one program: before, after, and after with a child that ignores SIGTERM. */
function playAll(pair: Pair): Stories {
  const of = (scenario: Scenario): readonly Promise<Story>[] => [
    told(inParallel(() => play(pair.before, scenario, "patient"))),
    told(inParallel(() => play(pair.after, scenario, "patient"))),
    told(inParallel(() => play(pair.after, scenario, "stubborn"))),
  ];
  return { success: of("success"), throw: of("throw"), reject: of("reject"), signal: of("signal") };
}

/** A story that fails is looked at later, by its test. */
function told<T>(story: Promise<T>): Promise<T> {
  story.catch(() => undefined);
  return story;
}

const pairs = programs.map(async ([, file, settings]) =>
  makePair(mkdtempSync(join(temporary, "pair-")), file, settings),
);
const stories = pairs.map(async (pair) => playAll(await pair));

async function storiesOf(index: number, scenario: Scenario): Promise<readonly Story[]> {
  const all = await stories[index];
  return Promise.all(all?.[scenario] ?? []);
}

describe.each(programs.map(([title, , , expected], index) => [title, { index, expected }] as const))(
  "%s",
  (_title, { index, expected }) => {
    it("is rewritten as expected", async () => expect((await pairs[index])?.text).toContain(expected));

    it("prints and exits as before when all goes well", async () => {
      const [before, after] = await storiesOf(index, "success");
      expect(before?.stdout).not.toBe("");
      expect(before?.signal).toBeNull();
      expect(after).toEqual(before);
      expect(after?.left).toBe(0);
    });

    it.each(scenarios)("leaves nothing running: %s", async (scenario) => {
      const [before, after, stubborn] = await storiesOf(index, scenario);
      expect(before?.left, "the leak that the rewrite cures").toBeGreaterThan(0);
      expect(after?.left).toBe(0);
      expect(stubborn?.left).toBe(0);
      expect([after?.code, after?.signal]).toEqual([before?.code, before?.signal]);
      expect([stubborn?.code, stubborn?.signal]).toEqual([before?.code, before?.signal]);
    });
  },
);
