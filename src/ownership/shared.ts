import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, isInside } from "../analyse/nodes.js";
import { isClosingName } from "./summaries/releasing.js";

/** `new Session(watcher)` where the function also says `watcher.close()`: the instance may close it a second time. */
export function sharesWithItsFunction({ call, inferred, unit }: Site): boolean {
  const home = enclosingFunction(call);
  if (inferred === null || home === undefined || !ts.isNewExpression(call)) return false;
  const given = new Set((call.arguments ?? []).flatMap((one) => (ts.isIdentifier(one) ? [one.text] : [])));
  return unit.calls.some(
    ({ expression }) =>
      isInside(expression, home) && !isInside(expression, call) && given.has(closedBy(expression) ?? ""),
  );
}

/** `watcher` in `watcher.close` and in `watcher?.[Symbol.asyncDispose]`. */
function closedBy(callee: ts.Expression): string | undefined {
  const isClosing =
    (ts.isPropertyAccessExpression(callee) && isClosingName(callee.name.text)) ||
    (ts.isElementAccessExpression(callee) && isClosingName(callee.argumentExpression.getText()));
  return isClosing ? callee.expression.getText() : undefined;
}
