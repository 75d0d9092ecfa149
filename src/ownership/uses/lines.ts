import { ts } from "ts-morph";
import { enclosingFunction } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { calledName } from "./closures.js";
import type { Uses } from "./uses.js";
import { usesOf } from "../../analyse/uses-of.js";

/**
 * `createInterface({ input })` whose lines the same function loops over, and does nothing else with: it borrows its input.
 * At the end of the lines the input is over; a loop that is left early closes the reader, and leaves the input open.
 */
export function isReadLineByLine(use: ts.Node, uses: Pick<Uses, "origin">, unit: Unit): boolean {
  const part = isOption(use) ? use : use.parent;
  if (!isOption(part) || part.name.getText() !== "input") return false;
  const call = part.parent.parent;
  return (
    ts.isCallExpression(call) &&
    /^readline(\/promises)?#createInterface$/.test(uses.origin(call.expression)) &&
    isLoopedOver(call, unit)
  );
}

const isOption = (node: ts.Node): node is ts.PropertyAssignment | ts.ShorthandPropertyAssignment =>
  ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);

function isLoopedOver(reader: ts.CallExpression, unit: Unit): boolean {
  const { parent } = reader;
  if (isLoop(reader)) return true;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const uses = usesOf(parent.name, unit);
  const home = enclosingFunction(reader);
  return (
    uses.some(isLoop) &&
    uses.every((one) => enclosingFunction(one) === home && (isLoop(one) || isClosed(one)))
  );
}

function isLoop(lines: ts.Expression): boolean {
  const { parent } = lines;
  return ts.isForOfStatement(parent) && parent.awaitModifier !== undefined && parent.expression === lines;
}

function isClosed({ parent }: ts.Identifier): boolean {
  return (
    ts.isPropertyAccessExpression(parent) &&
    ts.isCallExpression(parent.parent) &&
    calledName(parent.parent) === "close"
  );
}
