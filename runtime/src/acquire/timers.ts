import { promisify } from "node:util";
import { isFunction, methodOf, read } from "../duck.js";
import type { Keep } from "../keep.js";
import { timerPolicy } from "../policies/timer.js";
import { like } from "./like.js";

const nothing = (): void => {};

/**
 * `setTimeout` and `setImmediate`, whose timers are held until they fire. `optionsAt` says where their promisified form
 * has its options.
 */
export function oneShot<F extends typeof setTimeout | typeof setImmediate>(
  original: F,
  keep: Keep,
  optionsAt: 1 | 2,
): F {
  const sleep: unknown = Reflect.get(original, promisify.custom);
  return like(original, {
    call: (given) => start(original, keep, given),
    ...(isFunction(sleep) && {
      promisified: (given: readonly unknown[]) => pause({ sleep, optionsAt }, keep, given),
    }),
  });
}

/** `setInterval`, whose timers are held until they are cleared. */
export function repeating(original: typeof setInterval, keep: Keep): typeof setInterval {
  return like(original, {
    call: (given) => {
      keep.refuseEarly("timer");
      const timer: unknown = Reflect.apply(original, undefined, given);
      return keep.holdOnce(timer, () => timerPolicy(timer));
    },
  });
}

function start(original: (...args: never[]) => unknown, keep: Keep, given: readonly unknown[]): unknown {
  keep.refuseEarly("timer");
  const [callback, ...rest] = given;
  if (!isFunction(callback)) return Reflect.apply(original, undefined, given); // Node says what is wrong.
  let forget = nothing;
  const fire = function (this: unknown, ...args: readonly unknown[]): unknown {
    forget();
    return Reflect.apply(callback, this, args);
  };
  const timer: unknown = Reflect.apply(original, undefined, [fire, ...rest]);
  const hold = (): unknown =>
    keep.hold(timer, (whenGone) => {
      forget = whenGone;
      return timerPolicy(timer);
    });
  holdAgain(timer, () => {
    forget();
    if (!keep.isClosed) hold();
  });
  return hold();
}

/** A timer that has fired starts again when it is refreshed. */
function holdAgain(timer: unknown, hold: () => void): void {
  const refresh = methodOf(timer, "refresh");
  if (refresh === undefined || typeof timer !== "object" || timer === null) return;
  const value = (): unknown => {
    const result = refresh();
    hold();
    return result;
  };
  Object.defineProperty(timer, "refresh", { value, configurable: true, writable: true });
}

interface Sleep {
  readonly sleep: (...args: readonly unknown[]) => unknown;
  readonly optionsAt: number;
}

/** `util.promisify(setTimeout)(ms, value, options)`, or of `setImmediate` without the time: ends with the context. */
function pause({ sleep, optionsAt: at }: Sleep, keep: Keep, given: readonly unknown[]): unknown {
  keep.refuseEarly("timer");
  const options = given[at];
  if (options !== undefined && (options === null || typeof options !== "object"))
    return Reflect.apply(sleep, undefined, given); // Node says what is wrong.
  const controller = new AbortController();
  const unfollow = follow(read(options, "signal"), controller);
  const values = Array.from({ length: at }, (_, index) => given[index]);
  const slept: unknown = Reflect.apply(sleep, undefined, [
    ...values,
    { ...options, signal: controller.signal },
  ]);
  const release = (): void => controller.abort();
  let forget = nothing;
  keep.hold(slept, (whenGone) => {
    forget = whenGone;
    return { kind: "timer", release, releaseSync: release, letGo: unfollow };
  });
  // Nothing but an abort makes it fail, and whoever disposes need not have waited for it.
  void methodOf(slept, "then")?.(
    () => forget(),
    () => forget(),
  );
  return slept;
}

function follow(signal: unknown, controller: AbortController): () => void {
  if (!(signal instanceof AbortSignal)) return nothing;
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  return () => signal.removeEventListener("abort", abort);
}
