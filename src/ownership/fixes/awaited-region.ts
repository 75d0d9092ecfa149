import { ts } from "ts-morph";
import { enclosingFunction, type FunctionNode, hasModifier, outermost } from "../../analyse/nodes.js";
import type { Region } from "./scope.js";

/**
 * From the statement on that makes the promise, in the async function that waits for it, or for what is made of it;
 * undefined where nobody does.
 */
export function awaitedRegion(promise: ts.Expression, awaited: ts.Expression): Region | undefined {
  const home = enclosingFunction(promise);
  if (home === undefined || !isAsync(home) || enclosingFunction(awaited) !== home) return undefined;
  const block = ts.findAncestor(promise, ts.isBlock);
  if (block === undefined || enclosingFunction(block) !== home || !isWaitedFor(awaited)) return undefined;
  const at = block.statements.findIndex((one) => one.pos <= promise.pos && promise.end <= one.end);
  return at === -1 ? undefined : { block, statements: block.statements.slice(at), waits: true };
}

const isAsync = (node: FunctionNode): boolean =>
  hasModifier(node, ts.SyntaxKind.AsyncKeyword) && node.asteriskToken === undefined;

function isWaitedFor(awaited: ts.Expression): boolean {
  const { parent } = outermost(awaited);
  return ts.isAwaitExpression(parent) || ts.isReturnStatement(parent);
}
