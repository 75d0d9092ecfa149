import { ts } from "ts-morph";
import { isAssignment, isFunction } from "../analyse/nodes.js";
import type { Ownership } from "../types.js";

export function unknown(
  reason: Extract<Ownership, { verdict: "unknown" }>["reason"],
  node: ts.Node,
): Ownership {
  return { verdict: "unknown", reason, expression: node.getText().replace(/\s+/g, " ").slice(0, 80) };
}

export function field(name: string): Ownership {
  return { verdict: "field", reason: "escapes-field", field: name, releasedBy: [] };
}

export function container(node: ts.Node): Ownership {
  return { verdict: "container", reason: "escapes-container", container: node.getText().slice(0, 80) };
}

export function isLiteralPart(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node)
  );
}

export function isDeclarationName(use: ts.Identifier): boolean {
  const parent = use.parent;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || isFunction(parent))
    return parent.name === use;
  return (
    (ts.isBinaryExpression(parent) && parent.left === use && isAssignment(parent.operatorToken.kind)) ||
    ts.isTypeQueryNode(parent)
  );
}

/** The value is looked at and dropped: a statement, a condition, a comparison, a template. */
export function isDeadEnd(parent: ts.Node): boolean {
  return (
    ts.isExpressionStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isForStatement(parent) ||
    ts.isSwitchStatement(parent) ||
    ts.isCaseClause(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isDeleteExpression(parent) ||
    ts.isThrowStatement(parent) ||
    ts.isForOfStatement(parent) ||
    ts.isElementAccessExpression(parent)
  );
}
