import { ts } from "ts-morph";
import { enclosingFunction, type FunctionNode, isTransparent, isNewPromise } from "../../analyse/nodes.js";

/** `new Promise(..)`, where the function is its executor. */
export function ownerOfPromise(executor: ts.Node): ts.NewExpression | undefined {
  const { parent } = executor;
  return isNewPromise(parent) ? parent : undefined;
}

/** The promise around a call of its `resolve`. */
export function promiseAround(node: ts.Node): ts.NewExpression | undefined {
  return ts.findAncestor(node, isNewPromise);
}

/** The value of the expression is what the function returns. */
export function isReturnedBy(home: FunctionNode, expression: ts.Expression): boolean {
  let node: ts.Node = expression;
  while (isTransparent(node.parent) || ts.isAwaitExpression(node.parent)) node = node.parent;
  if (ts.isArrowFunction(home) && home.body === node) return true;
  return ts.isReturnStatement(node.parent) && enclosingFunction(node.parent) === home;
}
