import { now } from "./clock.js";
import { Deadlines } from "./deadlines.js";
import type { Entry } from "./entry.js";
import { type CleanupFailure, ReleaseTimeoutError } from "./errors.js";
import { isThenable } from "./duck.js";

/** How long releases may take, in milliseconds. */
export interface Limits {
  readonly each: number;
  readonly all: number;
  /** How many may run at the same time. */
  readonly concurrency: number;
}

/** What a release came to: nothing when it went well. */
export type Outcome = CleanupFailure | undefined;

/**
 * Releases last in first out, `limits.concurrency` at a time (1: one after the other); whatever one does, the next has its
 * turn.
 */
export async function releaseAll(oldestFirst: readonly Entry[], limits: Limits): Promise<CleanupFailure[]> {
  const end = now() + limits.all;
  const deadlines = new Deadlines();
  const failures: CleanupFailure[] = [];
  let at = oldestFirst.length;
  const work = async (): Promise<void> => {
    while ((at -= 1) >= 0) {
      const entry = oldestFirst[at];
      if (entry === undefined) continue;
      const each = entry.policy.patience ?? limits.each;
      const outcome = releaseIn(deadlines, entry, Math.max(0, Math.min(each, end - now())));
      const failure = outcome instanceof Promise ? await outcome : outcome;
      if (failure !== undefined) failures.push(failure);
    }
  };
  const workers = Math.min(limits.concurrency, oldestFirst.length);
  await Promise.all(Array.from({ length: workers }, work));
  deadlines.end();
  return failures;
}

/** Releases all at the same time. */
export async function releaseTogether(entries: readonly Entry[], limit: number): Promise<CleanupFailure[]> {
  const deadlines = new Deadlines();
  const outcomes = await Promise.all(entries.map((entry) => releaseIn(deadlines, entry, limit)));
  deadlines.end();
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** Releases one resource within `limit`; gives back a promise only when there is something to wait for. */
export function releaseOne(entry: Entry, limit: number): Promise<Outcome> | Outcome {
  const deadlines = new Deadlines();
  const outcome = releaseIn(deadlines, entry, limit);
  return outcome instanceof Promise ? outcome.finally(() => deadlines.end()) : outcome;
}

function releaseIn(deadlines: Deadlines, entry: Entry, limit: number): Promise<Outcome> | Outcome {
  try {
    const pending = entry.release(limit);
    return pending === undefined ? undefined : inTime(deadlines, { entry, pending, limit });
  } catch (error) {
    return failureOf(entry, error);
  }
}

function failureOf({ kind, locate }: Entry, error: unknown): CleanupFailure {
  const site = locate?.();
  return { kind, error, ...(site !== undefined && { site }) };
}

interface Releasing {
  readonly entry: Entry;
  readonly pending: PromiseLike<unknown>;
  readonly limit: number;
}

function inTime(deadlines: Deadlines, { entry, pending, limit }: Releasing): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = deadlines.add(limit, () => {
      entry.announceTimeout(limit);
      resolve(failureOf(entry, new ReleaseTimeoutError(entry.kind, limit)));
    });
    const end = (outcome: Outcome): void => {
      cancel();
      // Also when it was abandoned long ago: only now it is really gone.
      entry.forget(outcome);
      resolve(outcome);
    };
    pending.then(
      () => end(undefined),
      (error: unknown) => end(failureOf(entry, error)),
    );
  });
}

/** Releases without waiting, last in first out; `late` hears of what fails after this returned. */
export function releaseAllSync(
  oldestFirst: readonly Entry[],
  late: (failure: CleanupFailure) => void,
): CleanupFailure[] {
  const failures: CleanupFailure[] = [];
  for (const entry of [...oldestFirst].reverse()) {
    try {
      const result = entry.releaseSync();
      if (isThenable(result)) result.then(undefined, (error: unknown) => late(failureOf(entry, error)));
    } catch (error) {
      failures.push(failureOf(entry, error));
    }
  }
  return failures;
}
