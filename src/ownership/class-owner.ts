import type { Ownership } from "../types.js";
import type { Decided } from "./decided.js";
import { type Case, leaveEscaped } from "./handle.js";

export function ownedByClass(ownership: Extract<Ownership, { verdict: "field" }>, _given: Case): Decided {
  return leaveEscaped(ownership);
}
