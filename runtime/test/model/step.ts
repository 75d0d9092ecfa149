import * as fc from "fast-check";

/** How the release of a resource goes. A gate is asynchronous: it stays shut until a step opens it. */
export const BEHAVIOURS = ["well", "throws", "gate", "gateRejects"] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];
export const WAYS = ["use", "adopt", "defer"] as const;

/** One thing a program does. `at`, `which` and `gate` pick among what exists by then, counted round. */
export type Step =
  | { readonly do: "create" }
  /** Makes a context and hands it to another, as any resource. */
  | { readonly do: "hand"; readonly at: number }
  /** Makes a context that closes before the one it hangs on. */
  | { readonly do: "child"; readonly at: number; readonly isParallel: boolean }
  | {
      readonly do: "acquire";
      readonly at: number;
      readonly way: (typeof WAYS)[number];
      readonly behaviour: Behaviour;
    }
  /** Acquires a resource whose release hands one more to the same context. */
  | { readonly do: "acquireLateComer"; readonly at: number }
  | { readonly do: "again"; readonly at: number; readonly which: number }
  | { readonly do: "disown"; readonly at: number; readonly which: number }
  | { readonly do: "move"; readonly at: number }
  | { readonly do: "dispose"; readonly at: number }
  | { readonly do: "disposeAsync"; readonly at: number; readonly throwErrors: boolean }
  | { readonly do: "open"; readonly gate: number };

const index = fc.nat({ max: 12 });
const of = <T extends Step["do"]>(name: T): { do: fc.Arbitrary<T> } => ({ do: fc.constant(name) });

/** Acquisitions come most often, so that there is something to let go of. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record(of("create")) },
  { weight: 2, arbitrary: fc.record({ ...of("hand"), at: index }) },
  { weight: 3, arbitrary: fc.record({ ...of("child"), at: index, isParallel: fc.boolean() }) },
  {
    weight: 10,
    arbitrary: fc.record({
      ...of("acquire"),
      at: index,
      way: fc.constantFrom(...WAYS),
      behaviour: fc.constantFrom(...BEHAVIOURS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...of("acquireLateComer"), at: index }) },
  { weight: 1, arbitrary: fc.record({ ...of("again"), at: index, which: index }) },
  { weight: 3, arbitrary: fc.record({ ...of("disown"), at: index, which: index }) },
  { weight: 1, arbitrary: fc.record({ ...of("move"), at: index }) },
  { weight: 1, arbitrary: fc.record({ ...of("dispose"), at: index }) },
  { weight: 3, arbitrary: fc.record({ ...of("disposeAsync"), at: index, throwErrors: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ ...of("open"), gate: index }) },
);

export const steps = fc.array(step, { minLength: 3, maxLength: 40, size: "max" });
