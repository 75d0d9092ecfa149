import { methodOf, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to clear a timeout, interval or immediate, also when it is a number as in browsers and their doubles. */
export function timerPolicy(timer: unknown): Policy | undefined {
  if (!isTimer(timer) || isSpent(timer)) return undefined;
  const release = (): void => clear(timer);
  return { kind: "timer", isSpent: () => isSpent(timer), release, releaseSync: release };
}

const isTimer = (timer: unknown): boolean =>
  typeof timer === "number" || typeof read(timer, "unref") === "function";

/** Node marks timers that have fired or were cleared. */
const isSpent = (timer: unknown): boolean => read(timer, "_destroyed") === true;

/** The global functions of this moment, for a fake timer is known only to the fake that made it. */
function clear(timer: unknown): void {
  if (typeof timer === "number") {
    clearTimeout(timer);
    return clearInterval(timer);
  }
  if (read(timer, "_onImmediate") !== undefined)
    return void Reflect.apply(clearImmediate, undefined, [timer]);
  if (methodOf(timer, "close")?.() === undefined) Reflect.apply(clearTimeout, undefined, [timer]);
}
