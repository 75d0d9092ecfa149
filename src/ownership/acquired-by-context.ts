import { ts } from "ts-morph";
import { symbolOf } from "../analyse/nodes.js";
import type { Unit } from "../analyse/unit.js";

/** `open` of `ctx.open(path)`: what a context acquires itself is still what Node gives. */
export function methodOfContext({ expression }: ts.CallExpression, unit: Unit): string | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  return isContext(expression.expression, unit) ? expression.name.text : undefined;
}

function isContext(receiver: ts.Expression, unit: Unit): boolean {
  if (ts.isPropertyAccessExpression(receiver) && receiver.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return receiver.name.text === "root" && receiver.expression.getText(unit.source) === "ResourceContext";
  const name = ts.isPropertyAccessExpression(receiver) ? receiver.name : receiver;
  const symbol = ts.isIdentifier(name)
    ? symbolOf(name, unit.checker)
    : unit.checker.getSymbolAtLocation(name);
  const [declaration] = symbol?.declarations ?? [];
  const holds =
    declaration !== undefined &&
    (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration));
  const made = holds ? declaration.initializer : undefined;
  return (
    made !== undefined &&
    ts.isNewExpression(made) &&
    made.expression.getText(unit.source) === "ResourceContext"
  );
}
