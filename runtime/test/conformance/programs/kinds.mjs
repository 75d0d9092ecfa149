// The two classes of the specification, seen alike, so that a clause that holds for both is written once.
import { attempt, settle } from "./outcome.mjs";

export const KINDS = [
  {
    name: "DisposableStack",
    symbol: Symbol.dispose,
    method: "dispose",
    /** Disposes and says how it ended. */
    end: (stack) => attempt(() => stack.dispose()),
    ended: { returned: "undefined" },
    failed: (error) => ({ threw: error }),
  },
  {
    name: "AsyncDisposableStack",
    symbol: Symbol.asyncDispose,
    method: "disposeAsync",
    end: (stack) => settle(() => stack.disposeAsync()),
    ended: { resolved: "undefined" },
    failed: (error) => ({ rejected: error }),
  },
];

/** A resource that notes its release. */
export const noting = (kind, log, word) => ({ [kind.symbol]: () => void log.push(word) });

/** A function that fails. */
export const failing = (text) => () => {
  throw new Error(text);
};
