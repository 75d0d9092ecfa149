import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import type { Elsewhere } from "../decided.js";
import { traceUses } from "../uses/uses.js";

/** The site with `ctx.server(..)` around it as its handle, when a context of the function has adopted it. */
export function adoptedCall(site: Site, known: Elsewhere): Site | undefined {
  if (traceUses(site, known).held !== "owned-by-context") return undefined;
  const call = ts.findAncestor(site.handle.parent, ts.isCallExpression);
  return call !== undefined && call.arguments.includes(site.handle) ? { ...site, handle: call } : undefined;
}
