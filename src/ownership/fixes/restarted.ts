import { ts } from "ts-morph";
import { unwrap } from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import { isThisMember } from "../uses/escapes.js";
import type { Case } from "../handle.js";

/**
 * Another member of the class puts the same kind of resource into the same field, and neither of the two looks first
 * whether there is one: what was there is out of reach then.
 */
export function isReplacedElsewhere(
  owner: ts.ClassLikeDeclaration,
  field: string,
  { site, around }: Case,
): boolean {
  const { unit, model } = site;
  const acquires = (node: ts.Expression): boolean => {
    const made = unwrap(node);
    if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return false;
    if (ts.isPropertyAccessExpression(made.expression) && acquires(made.expression.expression)) return true;
    const origin = originOf(made.expression, unit, around.exportsOf);
    return (
      origin !== undefined &&
      model.acquire.modules.includes(origin.module) &&
      origin.path.join(".") === model.acquire.path.join(".")
    );
  };
  const members = owner.members.filter((member) => {
    const assignments = assignmentsTo(member, field);
    return assignments.some(({ right, pos }) => acquires(right) && !isLookedAtBefore(member, field, pos));
  });
  return members.length > 1;
}

function assignmentsTo(member: ts.Node, field: string): readonly ts.BinaryExpression[] {
  const found: ts.BinaryExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      isField(node.left, field)
    )
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(member);
  return found;
}

/** `if (this.child) return;`, `this.stop();`: anything of the kind before the assignment is good enough. */
function isLookedAtBefore(member: ts.Node, field: string, before: number): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.pos >= before) return false;
    const isOwnCall = ts.isCallExpression(node) && isThisMember(node.expression);
    const isRead = isField(node, field) && node.end < before;
    return (isOwnCall && node.end < before) || isRead || ts.forEachChild(node, visit) === true;
  };
  return visit(member);
}

function isField(node: ts.Node, field: string): boolean {
  return isThisMember(node) && node.name.text === field;
}
