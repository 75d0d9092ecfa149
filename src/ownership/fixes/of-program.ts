import type { Site } from "../../analyse/acquisitions.js";
import type { LeaveReason } from "../../types.js";
import { isDetached } from "../child-process.js";
import type { Decided, Surroundings } from "../decided.js";
import { traitsOf } from "../traits.js";
import { handleOf } from "./handle-text.js";
import { takingOf } from "./taking.js";

/** Why an instance is left that somebody ends, or that ends with the program. */
const leftToOthers: ReadonlySet<LeaveReason> = new Set([
  "lives-with-program",
  "released-by-event",
  "owned-by-class",
]);

/**
 * Fix F6 for what outlives the program and goes into an instance that is left: a method of the instance ends it, the root
 * context does when nobody gets to call that.
 */
export function endedByInstance(site: Site, decided: Decided, around: Surroundings): Decided | undefined {
  const method = takingOf(site, around);
  if (!traitsOf(site).outlives || method === undefined || typeof decided.outcome !== "string")
    return undefined;
  if (!leftToOthers.has(decided.outcome)) return undefined;
  return {
    ...decided,
    level: isDetached(site) ? "likely" : "safe",
    outcome: { by: "root", handle: handleOf(site), method },
    message: "Only its instance ends it: when the program is interrupted, it lives on.",
  };
}
