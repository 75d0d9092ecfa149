import { ts } from "ts-morph";
import type { ResourceModel } from "../types.js";
import { enclosingFunction, isInside, symbolOf, unwrap } from "./nodes.js";
import type { Unit } from "./unit.js";

/** A call that adds a listener, and the calls of the same function that take it back. */
export interface Listening {
  readonly call: ts.CallExpression;
  readonly callee: ts.PropertyAccessExpression;
  readonly model: ResourceModel;
  readonly removals: readonly ts.CallExpression[];
}

/** `signal.addEventListener("abort", stop)` where the function also says `signal.removeEventListener("abort", stop)`. */
export function listeningsOf(unit: Unit): readonly Listening[] {
  return unit.calls.flatMap((call) => listeningOf(call, unit) ?? []);
}

export function listeningOf(call: ts.CallExpression, unit: Unit): Listening | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const model = unit.catalogue.methods.get(callee.name.text);
  const home = enclosingFunction(call);
  if (model === undefined || home === undefined) return undefined;
  const removals = removalsIn(unit, model).filter(
    (one) => isInside(one, home) && takesBack(one, { call, callee, model, unit }),
  );
  if (removals.length === 0 || isOwn(callee.expression, home, unit)) return undefined;
  return { call, callee, model, removals };
}

const removals = new WeakMap<Unit, Map<ResourceModel, readonly ts.CallExpression[]>>();

/** Every call of a method that takes such listeners back, looked for once: large files add thousands of listeners. */
function removalsIn(unit: Unit, model: ResourceModel): readonly ts.CallExpression[] {
  const known = removals.get(unit) ?? new Map<ResourceModel, readonly ts.CallExpression[]>();
  removals.set(unit, known);
  const found = known.get(model) ?? unit.calls.filter(({ expression }) => isRemoval(expression, model));
  known.set(model, found);
  return found;
}

function isRemoval(callee: ts.Expression, { release }: ResourceModel): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    release.some((one) => one.by === "method" && one.name === callee.name.text)
  );
}

interface Added {
  readonly call: ts.CallExpression;
  readonly callee: ts.PropertyAccessExpression;
  readonly model: ResourceModel;
  readonly unit: Unit;
}

/** The same event, the same function, the same object. */
function takesBack({ expression, arguments: args }: ts.CallExpression, added: Added): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const { callee, call, unit } = added;
  if (expression.expression.getText() !== callee.expression.getText()) return false;
  const [event, listener] = call.arguments;
  if (event === undefined || listener === undefined || !isName(listener)) return false;
  return (
    args[0]?.getText() === event.getText() &&
    args[1]?.getText() === listener.getText() &&
    isSame(rootOf(expression.expression), rootOf(callee.expression), unit) &&
    isSame(args[1], listener, unit)
  );
}

const isName = (node: ts.Expression): boolean => ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);

function isSame(one: ts.Expression, other: ts.Expression, { checker }: Unit): boolean {
  return (
    !ts.isIdentifier(one) || !ts.isIdentifier(other) || symbolOf(one, checker) === symbolOf(other, checker)
  );
}

function rootOf(node: ts.Expression): ts.Expression {
  return ts.isPropertyAccessExpression(node) ? rootOf(node.expression) : node;
}

/** What the function made itself goes with it, and its listeners too; so does what a function around it has made. */
function isOwn(receiver: ts.Expression, home: ts.Node, { checker }: Unit): boolean {
  const root = rootOf(receiver);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return false;
  if (!ts.isIdentifier(root)) return true;
  const declaration = symbolOf(root, checker)?.declarations?.[0];
  if (declaration === undefined || ts.isParameter(declaration)) return false;
  return isInside(declaration, home) || (isMade(declaration) && enclosingFunction(declaration) !== undefined);
}

/** `const socket = connect(port);` */
function isMade(declaration: ts.Declaration): boolean {
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  const made = unwrap(declaration.initializer);
  return ts.isCallExpression(made) || ts.isNewExpression(made);
}
