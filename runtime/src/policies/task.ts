import { inspect, types } from "node:util";
import { now, sleep } from "../clock.js";
import { methodOf, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How long a task may go on after it was asked to stop, in milliseconds. */
const PATIENCE = 30_000;
const LONGEST_PAUSE = 50;

/** How to end what a promise stands for: its controller is aborted, and its end is waited for. */
export function taskPolicy(promise: unknown, controller: unknown): Policy | undefined {
  const abort = methodOf(controller, "abort");
  // Some thenables only begin their work when they are awaited.
  if (!types.isPromise(promise)) return abort === undefined ? undefined : controllerPolicy(abort);
  if (isSettled(promise)) return undefined;
  return {
    kind: "task",
    patience: PATIENCE,
    isSpent: () => isSettled(promise),
    release: (limit) => {
      if (isSettled(promise)) return undefined;
      return abort === undefined ? settled(promise, limit) : aborted(promise, abort);
    },
    releaseSync: () => {
      if (abort !== undefined) void aborted(promise, abort).catch(() => {});
    },
  };
}

const controllerPolicy = (abort: () => unknown): Policy => {
  const release = (): void => void abort();
  return { kind: "task", release, releaseSync: release };
};

/** What comes of our abort is ours to take care of; any other error is reported, for nobody else may hear of it. */
async function aborted(promise: Promise<unknown>, abort: () => unknown): Promise<void> {
  const end = promise.then(undefined, (error: unknown) => {
    if (read(error, "name") !== "AbortError" && read(error, "code") !== "ABORT_ERR") throw error;
  });
  abort();
  await end;
}

/**
 * Whether a rejection counts as handled must not change, and whoever attaches a handler changes it. So a promise is only
 * looked at.
 */
async function settled(promise: Promise<unknown>, limit: number): Promise<void> {
  const deadline = now() + limit;
  for (let pause = 1; now() < deadline; pause = Math.min(LONGEST_PAUSE, pause * 1.6)) {
    if (isSettled(promise)) return;
    await sleep(Math.min(pause, deadline - now()));
  }
  // It still runs, so it must not count as gone; but nobody looks any more.
  if (!isSettled(promise)) await new Promise(() => {});
}

const LOOK = {
  depth: 0,
  customInspect: false,
  maxArrayLength: 0,
  maxStringLength: 0,
  breakLength: Infinity,
} as const;

/** Node tells nobody but its inspector how a promise is. */
function isSettled(promise: Promise<unknown>): boolean {
  return !/^[^{]*\{ <pending>/.test(inspect(promise, LOOK));
}
