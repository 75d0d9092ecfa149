import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { listeningOf } from "../../analyse/listeners.js";
import { enclosingFunction, isAssignmentTarget, isInside, symbolOf } from "../../analyse/nodes.js";

/**
 * The function that takes a listener back, in text; undefined where it is no listener, or where a second removal could
 * take away what another activation has added: the function that listens must be one of this activation alone.
 */
export function removalOf({ call, unit, model }: Site): string | undefined {
  if (model.acquire.by !== "method" || !ts.isCallExpression(call) || !isStatement(call)) return undefined;
  const found = listeningOf(call, unit);
  const removal = found?.removals[0]?.expression;
  const [event, listener] = call.arguments;
  if (found === undefined || removal === undefined || event === undefined || listener === undefined)
    return undefined;
  if (!ts.isPropertyAccessExpression(removal) || !isSteady(found.callee.expression, unit)) return undefined;
  if (!isOfThisActivation(listener, call, unit)) return undefined;
  const dot = found.callee.questionDotToken === undefined ? "." : "?.";
  const receiver = `${found.callee.expression.getText()}${dot}${removal.name.text}`;
  return `() => ${receiver}(${[event, listener, ...captureOf(found.removals[0])].map((one) => one.getText()).join(", ")})`;
}

function isStatement({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(parent) && (ts.isBlock(parent.parent) || ts.isSourceFile(parent.parent));
}

/** A variable that nobody sets anew still means the same object later. */
function isSteady(receiver: ts.Expression, { identifiers, checker }: Site["unit"]): boolean {
  if (!ts.isIdentifier(receiver)) return false;
  const symbol = symbolOf(receiver, checker);
  const uses = identifiers.get(receiver.text) ?? [];
  return uses.every((one) => !isAssignmentTarget(one) || symbolOf(one, checker) !== symbol);
}

function isOfThisActivation(listener: ts.Expression, call: ts.Node, { checker }: Site["unit"]): boolean {
  const home = enclosingFunction(call);
  const declaration = ts.isIdentifier(listener) ? symbolOf(listener, checker)?.declarations?.[0] : undefined;
  return (
    home !== undefined &&
    declaration !== undefined &&
    !ts.isParameter(declaration) &&
    isInside(declaration, home)
  );
}

/** `true` or `{ capture: true }` says which of two listeners is meant. */
function captureOf(removal: ts.CallExpression | undefined): readonly ts.Expression[] {
  const [, , capture] = removal?.arguments ?? [];
  return capture === undefined ? [] : [capture];
}
