/** Who must release a resource, with the evidence, and why a site is left. */

/** One step of a path on which a resource is left behind; lines start at 1. */
export interface Step {
  readonly line: number;
  readonly does:
    | "acquires"
    | "may throw"
    | "throws"
    | "rejects"
    | "returns"
    | "hands over"
    | "falls off the end"
    | "leaves the block"
    | "is abandoned here"
    | "is replaced";
  /** What stands there, on one line. */
  readonly text: string;
}

/** From the acquisition to the exit that leaves the resource behind. */
export type Leak = readonly Step[];

/** The fixes of the ownership rules, F1 to F6. */
export type FixName = "scope" | "guard" | "class" | "container" | "event" | "root";

/** A fix that was looked at for a site, and why it does not fit there. */
export interface Refusal {
  readonly fix: FixName;
  readonly why: string;
}

/** What there is to say about a site beyond its verdict: for `--explain`. */
export interface Evidence {
  /** A path that leaves the resource behind; empty when none was found. */
  readonly leak: Leak;
  readonly refused: readonly Refusal[];
}

/** Who must release it: one member per verdict, each with exactly its evidence. */
export type Ownership =
  | { readonly verdict: "inert"; readonly reason: InertReason }
  | { readonly verdict: "held"; readonly reason: HeldReason }
  | { readonly verdict: "daemon"; readonly reason: DaemonReason }
  /** Owned by this activation; some exit leaks. */
  | { readonly verdict: "local"; readonly leak: Leak }
  /** Released only by its own events, in a promise executor or a callback. */
  | { readonly verdict: "event"; readonly observed: string }
  /** Lives as long as the program. */
  | { readonly verdict: "root"; readonly observed: string | null }
  /** Handed over on success; `leak` is the path that fails before, empty when there is none. */
  | {
      readonly verdict: "moved-out";
      readonly reason: "escapes-returned" | "escapes-resolved" | "escapes-yielded" | "escapes-exported";
      readonly leak: Leak;
    }
  /** `releasedBy`: the methods of the class that release the field. */
  | {
      readonly verdict: "field";
      readonly reason: "escapes-field";
      readonly field: string;
      readonly releasedBy: readonly string[];
    }
  | { readonly verdict: "container"; readonly reason: "escapes-container"; readonly container: string }
  | { readonly verdict: "unknown"; readonly reason: UnknownReason; readonly expression: string };

/** Who must release a resource, in one word. */
export type Verdict = Ownership["verdict"];
/** Why nobody has to release it. */
export type InertReason =
  | "synchronous"
  | "ends-by-itself"
  | "finite-and-awaited"
  | "own-temp-folder"
  | "already-atomic"
  | "empty-content"
  | "removed-again";
/** What releases it on every path. */
export type HeldReason =
  | "released-by-using"
  | "released-in-finally"
  | "released-on-every-path"
  | "registered-for-cleanup"
  | "owned-by-context";
/** How it is seen that it is meant to be left behind. */
export type DaemonReason = "detached" | "unreferenced";
/** What was not understood. */
export type UnknownReason = "escapes-argument" | "escapes-closure" | "escapes-unknown";

/** Every reason for which a site can be left. Texts: `src/reasons.ts`. */
export type LeaveReason =
  | "released-by-event"
  | "driven-by-pipe"
  | "lives-with-program"
  | "no-scope"
  | "shell-jobs"
  | "owned-by-class"
  | InertReason
  | HeldReason
  | UnknownReason
  | DaemonReason
  | "escapes-returned"
  | "escapes-resolved"
  | "escapes-yielded"
  | "escapes-exported"
  | "escapes-field"
  | "escapes-container"
  | "append-flag"
  | "exclusive-flag"
  | "update-flag"
  | "computed-flag"
  | "descriptor-target"
  | "special-file"
  | "no-drop-in"
  | "spread-arguments"
  | "browser-code"
  | "failed-verification";
