import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, isTransparent } from "../analyse/nodes.js";
import { isThisMember } from "./uses/escapes.js";
import { optionOf } from "./uses/values.js";
import type { Uses } from "./uses/uses.js";

/**
 * Whether the function that makes it may also open it. A server that does not listen yet holds nothing: no path can
 * leave it behind. Whoever gets it as an argument may open it.
 */
export function mayBeOpenedHere(site: Site, uses: Uses): boolean {
  const { opens, shares = [], args } = site.model;
  const home = enclosingFunction(site.call) ?? site.unit.source;
  if (site.inferred !== null) return true;
  if (shares.some((name) => optionOf(site.args[args.options], name, site.unit).is === "set")) return false;
  if (opens === undefined) return true;
  const visit = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) && node.name.text === opens) ||
    isPassedOn(node, uses) ||
    ts.forEachChild(node, visit) === true;
  return visit(home);
}

/** In the arguments of a call, also within a literal; a method of the same object may open what is in a field. */
function isPassedOn(node: ts.Node, uses: Uses): boolean {
  if (ts.isCallExpression(node) && isThisMember(node.expression)) return true;
  const isHandle = ts.isIdentifier(node)
    ? uses.references.includes(node)
    : isThisMember(node) || uses.effects.get(node)?.is === "acquires";
  if (!isHandle) return false;
  let value = node;
  while (isTransparent(value.parent) || ts.isAwaitExpression(value.parent) || isLiteral(value.parent))
    value = value.parent;
  const { parent } = value;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== value;
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}
