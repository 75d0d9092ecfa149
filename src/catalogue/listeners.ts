import type { Release, ResourceModel } from "../types.js";
import { family, method } from "./entry.js";

const taking = (...names: readonly string[]): readonly Release[] => names.map((name) => method(name, "now"));

/**
 * `likely`: a listener that is left behind costs little, and a scope around the rest of a function is much to read for it.
 * A method of whatever object: no import says what it belongs to, the call that takes it back does.
 */
const pair = (
  target: string,
  adders: readonly string[],
  release: readonly Release[],
): readonly ResourceModel[] =>
  family(
    { kind: "listener", release, ends: [], adopt: { by: "wrap", method: "defer" }, level: "likely" },
    adders.map((name) => ({ modules: [], target, path: [name], by: "method" })),
  );

export const listeners: readonly ResourceModel[] = [
  // https://developer.mozilla.org/docs/Web/API/EventTarget/addEventListener, for an AbortSignal as well
  ...pair("EventTarget", ["addEventListener"], taking("removeEventListener")),
  // https://nodejs.org/api/events.html#class-eventemitter
  ...pair(
    "EventEmitter",
    ["on", "once", "addListener", "prependListener", "prependOnceListener"],
    taking("off", "removeListener"),
  ),
];
