import { ts } from "ts-morph";
import { isFunction } from "../analyse/nodes.js";
import { rootName } from "../analyse/facts.js";
import { calledName } from "./closures.js";

/** Calls that do not throw in practice: registering listeners, collecting output, printing. */
const harmless = new Set([
  "on",
  "once",
  "addListener",
  "addEventListener",
  "push",
  "setEncoding",
  "toString",
  "setTimeout",
  "clearTimeout",
  "log",
  "error",
  "warn",
  "info",
  "debug",
]);

/** Whether the statement can throw, leaving the resource `name` behind. */
export function mayThrow(statement: ts.Node, name: string | null): boolean {
  return some(statement, (node) => {
    if (ts.isThrowStatement(node) || ts.isAwaitExpression(node)) return true;
    if (ts.isCallExpression(node))
      return (
        rootName(node.expression) !== name &&
        !harmless.has(calledName(node)) &&
        node.expression.getText() !== "Promise"
      );
    return (
      ts.isNewExpression(node) &&
      !/^(Promise|Map|Set|Date|Error|AbortController)$/.test(node.expression.getText())
    );
  });
}

/** A way out of the block before the end of the resource was awaited. */
export function leavesEarly(statement: ts.Node): boolean {
  return some(
    statement,
    (node) => ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node),
  );
}

function some(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => {
    if (isFunction(node)) return false;
    return test(node) || ts.forEachChild(node, visit) === true;
  };
  return visit(root);
}
