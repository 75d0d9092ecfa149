import { ts } from "ts-morph";
import { isAssignment, isFunction, isTransparent } from "../../analyse/nodes.js";
import type { Ownership, UnknownReason } from "../../types.js";

/** One way in which a handle gets out of the hands of the activation that acquired it. */
export interface Escape {
  readonly ownership: Ownership;
  /** Evaluating it hands the handle over. */
  readonly node: ts.Node;
  /** The expression that is the handle there, or that holds it: a literal, a function. */
  readonly value: ts.Node;
}

export type MovedReason = Extract<Ownership, { verdict: "moved-out" }>["reason"];

export function movedOut(reason: MovedReason): Ownership {
  return { verdict: "moved-out", reason, leak: [] };
}

export function unknown(reason: UnknownReason, node: ts.Node): Ownership {
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

/** A part of the handle, such as `child.stdout`, is returned or stored, by itself or in a literal. */
export function leavesFunction(part: ts.Expression): boolean {
  let node: ts.Node = part;
  while (
    isTransparent(node.parent) ||
    isLiteralPart(node.parent) ||
    ts.isObjectLiteralExpression(node.parent)
  )
    node = node.parent;
  const parent = node.parent;
  const isStored = ts.isBinaryExpression(parent) && parent.right === node && !ts.isIdentifier(parent.left);
  return ts.isReturnStatement(parent) || isStored || (ts.isArrowFunction(parent) && parent.body === node);
}

export function isThisMember(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** Every `this.<name>` below a node, assignments to it included. */
export function membersOfThis(root: ts.Node, name: string): readonly ts.PropertyAccessExpression[] {
  const found: ts.PropertyAccessExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (isThisMember(node) && node.name.text === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
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
    ts.isForOfStatement(parent) ||
    ts.isElementAccessExpression(parent)
  );
}

/** What stands on this side can be the value of the whole: `a ?? b`, `a || b`, the right one of `a && b` and `a, b`. */
export function passesOn({ operatorToken, right }: ts.BinaryExpression, side: ts.Expression): boolean {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return true;
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
      return right === side;
    default:
      return false;
  }
}
