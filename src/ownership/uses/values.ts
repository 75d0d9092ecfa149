import { ts } from "ts-morph";
import { isAssignmentTarget, symbolOf, unwrap } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";

/** How an option is set in an options argument. */
export type OptionValue =
  | { readonly is: "absent" }
  | { readonly is: "set"; readonly value: ts.Expression }
  /** The argument is a parameter, a spread or a computed value: nobody can tell from here. */
  | { readonly is: "opaque" };

/** Looks a property up in an options argument, through constants of the file. */
export function optionOf(options: ts.Expression | undefined, name: string, unit: Unit): OptionValue {
  if (options === undefined) return { is: "absent" };
  const node = constantValue(options, unit);
  if (
    ts.isStringLiteralLike(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    isNothing(node)
  )
    return { is: "absent" };
  if (!ts.isObjectLiteralExpression(node)) return { is: "opaque" };
  let found: OptionValue = { is: "absent" };
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) found = merge(found, optionOf(property.expression, name, unit));
    else if (property.name !== undefined && nameOf(property.name) === name) found = valueOf(property);
  }
  return found;
}

function merge(before: OptionValue, spread: OptionValue): OptionValue {
  return spread.is === "absent" ? before : spread;
}

function valueOf(property: ts.ObjectLiteralElementLike): OptionValue {
  if (ts.isPropertyAssignment(property)) return { is: "set", value: property.initializer };
  return ts.isShorthandPropertyAssignment(property) ? { is: "set", value: property.name } : { is: "opaque" };
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");
}

/** The initialiser behind a constant of the file, followed at most four times. */
export function constantValue(expression: ts.Expression, unit: Unit): ts.Expression {
  let node = unwrap(expression);
  for (let hop = 0; hop < 4 && ts.isIdentifier(node); hop++) {
    const next = initializerOf(node, unit);
    if (next === undefined) break;
    node = unwrap(next);
  }
  return node;
}

function initializerOf(name: ts.Identifier, unit: Unit): ts.Expression | undefined {
  const declaration = symbolOf(name, unit.checker)?.declarations?.[0];
  if (
    declaration === undefined ||
    !ts.isVariableDeclaration(declaration) ||
    !ts.isIdentifier(declaration.name)
  )
    return undefined;
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  if (isConstant) return declaration.initializer;
  const writes = (unit.identifiers.get(name.text) ?? []).filter(isAssignmentTarget);
  return writes.length === 0 ? declaration.initializer : undefined;
}

/** Every string literal inside an expression. */
export function stringsIn(expression: ts.Expression): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return found;
}
