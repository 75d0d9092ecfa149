import { types } from "node:util";
import type { Policy } from "../entry.js";
import type { PolicyOf } from "../keep.js";

/** How one kind of value is released. */
export type PolicyFor = (value: unknown, forget: () => void) => Policy | undefined;

/**
 * The policy of a value, or of the promise of one: that is looked at when it is released, and not before, for whoever
 * attaches to a promise changes whether its rejection counts as handled.
 */
export function orPromised(kind: string, value: unknown, policyFor: PolicyFor): PolicyOf {
  if (!isPromise(value)) return (forget) => policyFor(value, forget);
  const policyOf = (result: unknown): Policy | undefined => policyFor(result, () => {});
  const nothing = (): void => {};
  return () => ({
    kind,
    release: (limit) => value.then((result) => policyOf(result)?.release(limit), nothing),
    releaseSync: () => void value.then((result) => policyOf(result)?.releaseSync(), nothing),
  });
}

/** Some thenables only begin their work when they are awaited, so they are not promises of anything. */
const isPromise = (value: unknown): value is Promise<unknown> => types.isPromise(value);
