import type { Site } from "../analyse/acquisitions.js";
import type { ExportLookup } from "../analyse/origins.js";
import type { Fix, LeaveReason, Level, Ownership } from "../types.js";

/** What the ownership rules need to know beyond the file. */
export interface Surroundings {
  readonly exportsOf: ExportLookup;
  readonly syntax: "using" | "try-finally";
  readonly contextName: string;
  /** Also adopt what is finite and awaited. */
  readonly strict: boolean;
  /** A test that reaches this file replaces the module that the resource comes from. */
  readonly isMocked: (site: Site) => boolean;
}

/** A decision before it is turned into a `Finding`. */
export interface Decided {
  readonly ownership: Ownership;
  readonly level: Level;
  readonly outcome: Fix | LeaveReason;
  readonly message: string;
}

export function leave(ownership: Ownership, reason: LeaveReason, message: string): Decided {
  const level =
    ownership.verdict === "inert" || ownership.verdict === "held" || ownership.verdict === "daemon"
      ? "safe"
      : "unsafe";
  return { ownership, level, outcome: reason, message };
}
