import { read } from "../duck.js";
import { ResourceStateError } from "../errors.js";
import { type LeakDetectionOptions, ResourceLeakDetector } from "./detector.js";
import type { LeakReport } from "./report.js";

// One for the process, whichever copy of this module started it: a preload is ESM where the program may be CommonJS.
const KEY = Symbol.for("resource-context/leaks/1");

/**
 * Looks for leaks from now on and gives back the detector. When one looks already, it is that one, with stacks if asked.
 * Throws `InvalidArgumentError` or `UnknownOptionError`.
 */
export function enableLeakDetection(options?: LeakDetectionOptions): ResourceLeakDetector {
  const wanted = new ResourceLeakDetector(options);
  const running = getLeakDetector();
  if (running !== undefined) {
    if (wanted.hasStacks) running.useStacks();
    return running;
  }
  wanted.start();
  Object.defineProperty(globalThis, KEY, { value: wanted, configurable: true });
  return wanted;
}

/** The detector that is looking, if any is. */
export function getLeakDetector(): ResourceLeakDetector | undefined {
  const found: unknown = Reflect.get(globalThis, KEY);
  return isDetector(found) ? found : undefined;
}

/** Ends looking; gives back the last report, or `undefined` when nobody looked. */
export function disableLeakDetection(): LeakReport | undefined {
  const running = getLeakDetector();
  Reflect.deleteProperty(globalThis, KEY);
  return running?.stop();
}

/** What is open now. Throws `ResourceStateError` when nobody looks. */
export function leakReport(): LeakReport {
  const running = getLeakDetector();
  if (running !== undefined) return running.report();
  throw new ResourceStateError("leak detector", "off", "report; call enableLeakDetection() first");
}

/** It may come from another copy of this package, so `instanceof` would not know it. */
const isDetector = (value: unknown): value is ResourceLeakDetector =>
  typeof read(value, "useStacks") === "function" && typeof read(value, "report") === "function";
