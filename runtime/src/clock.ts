import * as timers from "node:timers";

// Taken once, when this module is loaded: a test that installs fake timers later must not stop our deadlines.
const setRealTimeout = timers.setTimeout;
const clearRealTimeout = timers.clearTimeout;
const setRealInterval = timers.setInterval;
const clearRealInterval = timers.clearInterval;
const setRealImmediate = timers.setImmediate;
const realNow = performance.now.bind(performance);

/** Milliseconds of a clock that never goes backwards and that fake timers do not reach. */
export function now(): number {
  return realNow();
}

/** Runs `callback` after `ms` and gives back the way to cancel it. */
export function after(ms: number, callback: () => void): () => void {
  const timer = setRealTimeout(callback, ms);
  return () => clearRealTimeout(timer);
}

/** Runs `callback` in a later turn of the event loop, without keeping the process alive for it. */
export function soon(callback: () => void): void {
  setRealImmediate(callback).unref();
}

/** Runs `callback` after `ms`, unless the process ends before; gives back the way to cancel it. */
export function quietlyAfter(ms: number, callback: () => void): () => void {
  const timer = setRealTimeout(callback, ms).unref();
  return () => clearRealTimeout(timer);
}

/** Runs `callback` every `ms` for as long as the process lives anyway, and gives back the way to stop that. */
export function every(ms: number, callback: () => void): () => void {
  const timer = setRealInterval(callback, ms).unref();
  return () => clearRealInterval(timer);
}

/** Waits `ms`, or less when `wake` settles earlier. */
export function sleep(ms: number, wake?: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = after(ms, resolve);
    void wake?.then(() => {
      cancel();
      resolve();
    });
  });
}

/** Blocks the thread: for the `exit` event, in which nothing asynchronous runs any more. */
export function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
