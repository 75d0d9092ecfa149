import { ts } from "ts-morph";
import { type FunctionNode, isTransparent, symbolOf } from "../analyse/nodes.js";
import type { Unit } from "../analyse/unit.js";
import type { Ownership } from "../types.js";
import { field } from "./flow.js";

/** Callers that drop what their callback returns. */
const dropsResult = new Set([
  "on",
  "once",
  "addListener",
  "addEventListener",
  "forEach",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "nextTick",
  "finally",
  "action",
]);

/** What a function returns goes nowhere: an executor, a listener, a timer callback. */
export function isReturnIgnored(node: FunctionNode): boolean {
  const parent = outermost(node).parent;
  if (ts.isNewExpression(parent)) return parent.expression.getText() === "Promise";
  return ts.isCallExpression(parent) && dropsResult.has(calledName(parent));
}

/** Name of what is called: `on` in `child.on(..)`. */
export function calledName(call: ts.CallExpression): string {
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
}

/**
 * A function that captures the handle: undefined when it only runs as a callback or is called by name,
 * else how it (and with it the handle) gets out of the activation.
 */
export function closureEscape(inner: FunctionNode, unit: Unit): Ownership | undefined {
  if (ts.isFunctionDeclaration(inner))
    return inner.name === undefined ? undefined : namedEscape(inner.name, unit);
  if (ts.isMethodDeclaration(inner) || ts.isGetAccessor(inner) || ts.isSetAccessor(inner))
    return literalEscape(inner.parent);
  if (ts.isConstructorDeclaration(inner)) return undefined;
  return valueEscape(inner, unit);
}

function valueEscape(inner: ts.Node, unit: Unit): Ownership | undefined {
  const node = outermost(inner);
  const parent = node.parent;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
    return { verdict: "moved-out", reason: "escapes-returned", leak: [] };
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return namedEscape(parent.name, unit);
  if (ts.isPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) return literalEscape(parent.parent);
  if (ts.isBinaryExpression(parent) && parent.right === node) return assignedEscape(parent.left);
  return undefined;
}

function assignedEscape(left: ts.Expression): Ownership {
  if (ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword)
    return field(left.name.text);
  return { verdict: "unknown", reason: "escapes-closure", expression: left.getText().slice(0, 80) };
}

/** A named inner function escapes when its name is used other than by calling it or as a callback. */
function namedEscape(name: ts.Identifier, unit: Unit): Ownership | undefined {
  const symbol = symbolOf(name, unit.checker);
  for (const use of unit.identifiers.get(name.text) ?? []) {
    if (use === name || symbolOf(use, unit.checker) !== symbol) continue;
    const escape = ts.isShorthandPropertyAssignment(use.parent)
      ? literalEscape(use.parent.parent)
      : valueEscapeOnce(use);
    if (escape !== undefined) return escape;
  }
  return undefined;
}

/** As `valueEscape`, without following a second name: enough for real code, and it ends. */
function valueEscapeOnce(use: ts.Identifier): Ownership | undefined {
  const node = outermost(use);
  const parent = node.parent;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
    return { verdict: "moved-out", reason: "escapes-returned", leak: [] };
  if (ts.isPropertyAssignment(parent)) return literalEscape(parent.parent);
  if (ts.isBinaryExpression(parent) && parent.right === node) return assignedEscape(parent.left);
  return undefined;
}

/** An object literal with a function that captures the handle: returned, or kept somewhere. */
function literalEscape(literal: ts.Node): Ownership | undefined {
  const node = outermost(literal);
  const parent = node.parent;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
    return { verdict: "moved-out", reason: "escapes-returned", leak: [] };
  if (ts.isCallExpression(parent)) return undefined;
  return {
    verdict: "unknown",
    reason: "escapes-closure",
    expression: node.getText().replace(/\s+/g, " ").slice(0, 80),
  };
}

function outermost(node: ts.Node): ts.Node {
  return isTransparent(node.parent) ? outermost(node.parent) : node;
}
