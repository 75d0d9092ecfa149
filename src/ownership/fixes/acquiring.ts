import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { unwrap } from "../../analyse/nodes.js";
import { acquiring } from "../../catalogue/acquiring.js";
import type { Decided, Surroundings } from "../decided.js";
import { freedName } from "./freed.js";

/**
 * With `--emit acquire` a context acquires the resource itself where it can: `ctx.spawn(..)` for `ctx.process(spawn(..))`.
 * What is handed on stays adopted, since its new owner expects what Node gives; so does what a test replaces, and a call
 * whose callee is more than a name.
 */
export function acquired(site: Site, decided: Decided, around: Surroundings): Decided {
  const { outcome } = decided;
  if (around.emit === "adopt" || typeof outcome === "string") return decided;
  if (outcome.by === "replace" || outcome.by === "guard" || outcome.by === "pipeline") return decided;
  // What Node gives is the same; how it is released is said where a context adopts it.
  if (typeof outcome.method !== "string" && "options" in outcome.method) return decided;
  const name = methodFor(site);
  if (name === undefined || around.mockerOf(site.model.kind, null) !== null) return decided;
  const { callee, unit } = site;
  const span = { start: callee.getStart(unit.source), end: callee.end };
  const method = { acquire: name, callee: span, frees: freedName(callee, unit) };
  const handle = { ...outcome.handle, statement: null, parens: null };
  return { ...decided, outcome: { ...outcome, handle, method } };
}

function methodFor({ call, callee, handle, origin, inferred, unit }: Site): string | undefined {
  if (!ts.isCallExpression(call) || call.questionDotToken !== undefined) return undefined;
  if (inferred !== null || origin.promisified || origin.isPassedOn) return undefined;
  const made = ts.isAwaitExpression(handle) ? handle.expression : handle;
  if (unwrap(made) !== call || !isName(callee) || callee.getText(unit.source).includes("\n"))
    return undefined;
  return acquiring.get(`${origin.module}#${origin.path.join(".")}`);
}

/** `spawn`, `fs.promises.open`: to leave it out leaves nothing out that runs. */
function isName(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return ts.isIdentifier(callee);
  return callee.questionDotToken === undefined && isName(callee.expression);
}
