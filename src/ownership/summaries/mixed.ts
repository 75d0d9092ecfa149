import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import {
  enclosingFunction,
  isAssignmentTarget,
  isNothing,
  isTransparent,
  symbolOf,
  unwrap,
} from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import type { Uses } from "../uses/uses.js";

/** Whether every name of the handle only ever holds what is acquired here: `given ?? createServer()` may be the caller's. */
export function isSole(site: Site, uses: Uses, sites: readonly Site[]): boolean {
  return isUnmixed(site.handle) && uses.names.every((name) => holdsOnlyAcquired(name, { site, uses, sites }));
}

function isUnmixed(handle: ts.Expression): boolean {
  let node: ts.Node = handle;
  for (;;) {
    const { parent } = node;
    if (isTransparent(parent) || ts.isAwaitExpression(parent)) node = parent;
    else if (ts.isConditionalExpression(parent)) {
      const other = parent.whenTrue === node ? parent.whenFalse : parent.whenTrue;
      if (!isNothing(other)) return false;
      node = parent;
    } else return !isChoice(parent);
  }
}

function isChoice(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  return (
    node.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
    node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken ||
    node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

interface Around {
  readonly site: Site;
  readonly uses: Uses;
  readonly sites: readonly Site[];
}

function holdsOnlyAcquired(name: ts.Identifier, { site, uses, sites }: Around): boolean {
  const { unit, call: own } = site;
  const symbol = symbolOf(name, unit.checker);
  const declaration = symbol?.declarations?.[0];
  if (declaration === undefined) return false;
  // The parameter of a function of this file that it is lent to.
  if (enclosingFunction(declaration) !== enclosingFunction(own)) return ts.isParameter(declaration);
  if (ts.isBindingElement(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration)) return false;
  const values = [declaration.initializer, ...assignedValues(name, symbol, unit)];
  return values.every(
    (value) =>
      value === undefined ||
      isNothing(value) ||
      isInstance(value, site) ||
      uses.references.some((one) => one === unwrap(value)) ||
      sites.some(({ call }) => value.pos <= call.pos && call.end <= value.end),
  );
}

/** `const server = new Server(); await server.listen(port);` */
function isInstance(value: ts.Expression, { inferred }: Site): boolean {
  return inferred?.shape.is === "receiver" && ts.isNewExpression(unwrap(value));
}

function assignedValues(
  name: ts.Identifier,
  symbol: ts.Symbol | undefined,
  unit: Unit,
): readonly ts.Expression[] {
  return (unit.identifiers.get(name.text) ?? []).flatMap((use) =>
    isAssignmentTarget(use) && ts.isBinaryExpression(use.parent) && symbolOf(use, unit.checker) === symbol
      ? [use.parent.right]
      : [],
  );
}
