import { ts } from "ts-morph";
import { enclosingFunction, isAssignmentTarget, symbolOf, unwrap } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";

/**
 * Finds the boolean variables whose value is known on each path: `let done = false; ... done = true;`, all in
 * one function. Anything else a condition may ask is not followed.
 */
export function flagFinder(unit: Unit): (node: ts.Expression) => string | undefined {
  const known = new Map<ts.Symbol, string | undefined>();
  return (expression) => {
    const node = unwrap(expression);
    const symbol = ts.isIdentifier(node) ? symbolOf(node, unit.checker) : undefined;
    if (symbol === undefined) return undefined;
    if (!known.has(symbol)) known.set(symbol, isFlag(symbol, unit) ? symbol.name : undefined);
    return known.get(symbol);
  };
}

function isFlag(symbol: ts.Symbol, unit: Unit): boolean {
  const [declaration, second] = symbol.declarations ?? [];
  if (declaration === undefined || second !== undefined || !ts.isVariableDeclaration(declaration))
    return false;
  if (declaration.initializer === undefined || !isBoolean(declaration.initializer)) return false;
  const home = enclosingFunction(declaration);
  const targets = (unit.identifiers.get(symbol.name) ?? []).filter(
    (use) => isAssignmentTarget(use) && symbolOf(use, unit.checker) === symbol,
  );
  return targets.every(
    ({ parent }) =>
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      isBoolean(parent.right) &&
      enclosingFunction(parent) === home,
  );
}

function isBoolean(node: ts.Expression): boolean {
  const { kind } = unwrap(node);
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
}
