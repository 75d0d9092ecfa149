import type { Site } from "../analyse/acquisitions.js";
import { kinds } from "../catalogue/kinds.js";
import type { KindTraits } from "../types.js";

/** What can be said about the value of a site: an object around a child process is no child process. */
export function traitsOf({ model, inferred }: Pick<Site, "model" | "inferred">): KindTraits {
  const traits = kinds[model.kind];
  if (inferred === null || inferred.shape.is === "itself") return traits;
  const hasMember = inferred.shape.is === "holder" && inferred.shape.members.length > 0;
  const own = { ...traits, outlives: false, acts: true };
  return hasMember ? own : { ...own, fluent: [], spent: [], present: [] };
}
