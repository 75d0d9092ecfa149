import type { Keep } from "../keep.js";
import type { PolicyFor } from "../policies/promised.js";
import { like } from "./like.js";

/** What a function of Node gives back, and how that is released. */
export interface Yield {
  readonly kind: string;
  readonly policyFor: PolicyFor;
}

/** A function of Node whose result is held from the moment on that it is there. */
export function holding<F extends (...args: never[]) => unknown>(original: F, keep: Keep, given: Yield): F {
  const { kind, policyFor } = given;
  return like(original, {
    call: (args) => {
      keep.refuseEarly(kind);
      const value: unknown = Reflect.apply(original, undefined, args);
      return keep.holdHandle(value, (forget) => policyFor(value, forget));
    },
  });
}
