import { after, now } from "./clock.js";
import type { Entry } from "./entry.js";
import { type CleanupFailure, ReleaseTimeoutError } from "./errors.js";
import { isThenable } from "./duck.js";

/** How long releases may take, in milliseconds. */
export interface Limits {
  readonly each: number;
  readonly all: number;
}

/** What a release came to: nothing when it went well. */
export type Outcome = CleanupFailure | undefined;

/** Releases one after the other, last in first out; whatever one does, the next has its turn. */
export async function releaseAll(oldestFirst: readonly Entry[], limits: Limits): Promise<CleanupFailure[]> {
  const deadline = now() + limits.all;
  const failures: CleanupFailure[] = [];
  for (let at = oldestFirst.length - 1; at >= 0; at -= 1) {
    const entry = oldestFirst[at];
    if (entry === undefined) continue;
    const outcome = releaseOne(entry, Math.max(0, Math.min(limits.each, deadline - now())));
    const failure = outcome instanceof Promise ? await outcome : outcome;
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}

/** Releases all at the same time. */
export async function releaseTogether(entries: readonly Entry[], limit: number): Promise<CleanupFailure[]> {
  const outcomes = await Promise.all(entries.map((entry) => releaseOne(entry, limit)));
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** Releases one resource within `limit`; gives back a promise only when there is something to wait for. */
export function releaseOne(entry: Entry, limit: number): Promise<Outcome> | Outcome {
  try {
    const pending = entry.release(limit);
    return pending === undefined ? undefined : inTime(entry, pending, limit);
  } catch (error) {
    return { kind: entry.kind, error };
  }
}

function inTime(entry: Entry, pending: PromiseLike<unknown>, limit: number): Promise<Outcome> {
  const { kind } = entry;
  return new Promise((resolve) => {
    const cancel = after(limit, () => {
      entry.announceTimeout(limit);
      resolve({ kind, error: new ReleaseTimeoutError(kind, limit) });
    });
    const end = (outcome: Outcome): void => {
      cancel();
      // Also when it was abandoned long ago: only now it is really gone.
      entry.forget(outcome);
      resolve(outcome);
    };
    pending.then(
      () => end(undefined),
      (error: unknown) => end({ kind, error }),
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
      if (isThenable(result)) result.then(undefined, (error: unknown) => late({ kind: entry.kind, error }));
    } catch (error) {
      failures.push({ kind: entry.kind, error });
    }
  }
  return failures;
}
