import { now, sleep } from "../clock.js";
import { InvalidArgumentError } from "../errors.js";
import { disableLeakDetection, enableLeakDetection } from "../leaks/detection.js";
import type { LeakReport } from "../leaks/report.js";
import { expectBoolean, expectDuration, expectFunction, expectOptions } from "../validate.js";
import { LeakError } from "./leak-error.js";

/** Registers a hook, as `beforeEach` and its like do. */
export type RegisterHook = (hook: () => void | Promise<void>) => unknown;

/** Where and how to look. The hooks are those of the test runner. */
export interface FailOnLeaksOptions {
  /** Default: the global `beforeEach`, as Jest has it, and Vitest with `globals`. */
  readonly beforeEach?: RegisterHook;
  /** Default: the global `afterEach`. */
  readonly afterEach?: RegisterHook;
  /** Ends the looking after the file. Default: the global `afterAll`, or never. */
  readonly afterAll?: RegisterHook;
  /** Whether handles that never went through a context count: children, servers, timers, ... Default: true. */
  readonly handles?: boolean;
  /** How long what is being closed may take after the test, in milliseconds. Default: 100. */
  readonly grace?: number;
}

const POLL = 5;
/** The most that one look counts, in milliseconds. */
const MOST_A_TURN = 2 * POLL;
const known = ["beforeEach", "afterEach", "afterAll", "handles", "grace"] as const;

/**
 * Makes each test of this file fail that leaves something open, with a `LeakError` that says what, and where the program
 * opened it. What was open before the test, and what belongs to the root context, is no leak of the test.
 *
 * Throws `InvalidArgumentError` when there are no global hooks and none are given, and `UnknownOptionError`.
 */
export function failOnLeaks(options?: FailOnLeaksOptions): void {
  const {
    handles = true,
    grace = 100,
    ...hooks
  } = expectOptions<FailOnLeaksOptions>("options", options, known);
  const withHandles = expectBoolean("handles", handles);
  const limit = expectDuration("grace", grace);
  const before = hookOf("beforeEach", hooks.beforeEach);
  const after = hookOf("afterEach", hooks.afterEach);
  const afterAll: unknown = hooks.afterAll ?? Reflect.get(globalThis, "afterAll");

  const detector = enableLeakDetection({ stacks: true });
  let mark = detector.mark();
  before(() => void (mark = detector.mark()));
  after(async () => {
    const report = await settled(() => ofTest(detector.report(mark), withHandles), limit);
    if (report !== undefined) throw new LeakError(report);
  });
  if (isRegister(afterAll)) afterAll(() => void disableLeakDetection());
}

function hookOf(name: "beforeEach" | "afterEach", given: RegisterHook | undefined): RegisterHook {
  if (given !== undefined) return expectFunction(name, given);
  const global: unknown = Reflect.get(globalThis, name);
  if (isRegister(global)) return global;
  throw new InvalidArgumentError({
    name,
    came: global,
    expected: "the hook of your test runner",
    hint: 'Pass it: import { afterEach, beforeEach } from "node:test" (or "vitest"); failOnLeaks({ beforeEach, afterEach }).',
  });
}

const isRegister = (value: unknown): value is RegisterHook => typeof value === "function";

/** A handle without a place was not made by the test, as far as anybody knows. */
const ofTest = (report: LeakReport, withHandles: boolean): LeakReport => ({
  ...report,
  resources: report.resources.filter(({ owner }) => owner !== "root"),
  handles: withHandles ? report.handles.filter(({ site }) => site !== undefined) : [],
});

/**
 * The report that is left when the grace is over, or nothing as soon as nothing is open. Time in which this process did
 * not run, on a machine that is busy, closes nothing and does not count.
 */
async function settled(look: () => LeakReport, grace: number): Promise<LeakReport | undefined> {
  for (let given = 0; ;) {
    const report = look();
    if (report.resources.length + report.lost.length + report.handles.length === 0) return undefined;
    if (given >= grace) return report;
    const begin = now();
    await sleep(POLL);
    given += Math.min(now() - begin, MOST_A_TURN);
  }
}
