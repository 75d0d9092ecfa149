import type { CalleeLookup, ClassLookup } from "../analyse/callees.js";
import type { Mocker } from "../analyse/mocks/index.js";
import type { ExportLookup } from "../analyse/origins.js";
import { leaveReasons } from "../reasons.js";
import type { Evidence, Fix, InertReason, Kind, LeaveReason, Level, Ownership } from "../types.js";

/** What is known about functions and classes of other files. */
export interface Elsewhere {
  readonly exportsOf: ExportLookup;
  readonly calleeOf: CalleeLookup;
  readonly classOf: ClassLookup;
}

/** What the ownership rules need to know beyond the file. */
export interface Surroundings extends Elsewhere {
  readonly syntax: "using" | "try-finally";
  /** Whether functions may get a context of their own; without, children go to the root context. */
  readonly scopes: boolean;
  readonly contextName: string;
  /** Whether contexts acquire themselves what they can. */
  readonly emit: "adopt" | "acquire";
  /** Also adopt what is finite and awaited. */
  readonly strict: boolean;
  /**
   * Who, while a test reaches this file, replaces the modules that this kind of resource comes from, or the file of the project
   * that defines the function which acquires it; null where nobody does.
   */
  readonly mockerOf: (kind: Kind, definedIn: string | null) => Mocker | null;
  /** What runs the package. */
  readonly host: "node" | "workers";
  /** Why code of this file may not be able to load the runtime; null when it is. */
  readonly caution: string | null;
}

/** A decision before it is turned into a `Finding`. */
export interface Decided {
  readonly ownership: Ownership;
  readonly level: Level;
  readonly outcome: Fix | LeaveReason;
  readonly message: string;
  /** Of a handle; a call that nobody has to release has none. */
  readonly evidence?: Evidence;
}

export const noEvidence: Evidence = { leak: [], refused: [] };

export function leave(ownership: Ownership, reason: LeaveReason, message: string): Decided {
  const level =
    ownership.verdict === "inert" || ownership.verdict === "held" || ownership.verdict === "daemon"
      ? "safe"
      : "unsafe";
  return { ownership, level, outcome: reason, message };
}

/** Nothing to rewrite, and nothing a human should look at either. */
export function inert(reason: InertReason): Decided {
  return leave({ verdict: "inert", reason }, reason, leaveReasons[reason]);
}
