import { read } from "./duck.js";

// Other copies of this package must not take our listeners for those of the host.
const OURS = Symbol.for("resource-context/listener");

/** Marks a listener on `process` as one of ours, and gives it back. */
export function markOurs<L extends (...args: never[]) => void>(listener: L): L {
  Reflect.set(listener, OURS, true);
  return listener;
}

/** How many listeners the program itself has for an event of `process`. */
export const othersOn = (event: string): number =>
  process.rawListeners(event).filter((listener) => read(listener, OURS) !== true).length;
