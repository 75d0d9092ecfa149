import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import type { Shape } from "../../analyse/inferred.js";
import {
  enclosingFunction,
  type FunctionNode,
  isFunction,
  isNothing,
  symbolOf,
  unwrap,
} from "../../analyse/nodes.js";
import type { Uses } from "../uses/uses.js";
import { byName, isCallable, isHarmlessTwice, nameOf } from "./releasing.js";

/** In what form a function hands out its resource; undefined when the forms differ, or nobody could release it. */
export function shapeOf(site: Site, uses: Uses): Shape | undefined {
  const shapes = uses.escapes.map(({ value }) => shapeOfValue(value, { site, uses }));
  const [first, ...rest] = shapes;
  if (first === undefined || rest.some((one) => one === undefined || !sameShape(one, first)))
    return undefined;
  return first;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.is !== "holder" || b.is !== "holder") return a.is === b.is;
  return a.members.join() === b.members.join() && a.releases.join() === b.releases.join();
}

interface Held {
  readonly site: Site;
  readonly uses: Uses;
}

function shapeOfValue(value: ts.Node, held: Held): Shape | undefined {
  const node = ts.isExpression(value) ? unwrap(value) : value;
  if (ts.isConditionalExpression(node)) return ofChoice(node, held);
  if (isHandle(node, held)) return itself(held);
  const made = ts.isIdentifier(node) ? definitionOf(node, held) : node;
  if (made === undefined) return undefined;
  if (ts.isObjectLiteralExpression(made) || ts.isArrayLiteralExpression(made)) return holderOf(made, held);
  if (!isFunction(made) || !releases(made, held)) return undefined;
  return { is: "function", isHarmless: isHarmlessTwice(made, held.site) };
}

/** The object that a method has begun is given away as something that holds the resource. */
function itself({ site: { inferred } }: Held): Shape {
  return inferred?.shape.is === "receiver"
    ? { ...inferred.shape, is: "holder", members: [] }
    : { is: "itself" };
}

function ofChoice({ whenTrue, whenFalse }: ts.ConditionalExpression, held: Held): Shape | undefined {
  const [first, second] = [whenTrue, whenFalse].filter((one) => !isNothing(one));
  if (first === undefined) return undefined;
  const shape = shapeOfValue(first, held);
  const other = second === undefined ? shape : shapeOfValue(second, held);
  return shape !== undefined && other !== undefined && sameShape(shape, other) ? shape : undefined;
}

/** The resource itself, by one of its names or where it is made; `createServer().listen(0)` included. */
function isHandle(node: ts.Node, { site, uses }: Held): boolean {
  if (ts.isIdentifier(node)) return uses.references.includes(node);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  if (node === site.call || node === site.handle) return true;
  const callee = node.expression;
  if (callee.getText().endsWith(".disown"))
    return node.arguments?.some((one) => isHandle(unwrap(one), { site, uses })) === true;
  return ts.isPropertyAccessExpression(callee) && isHandle(unwrap(callee.expression), { site, uses });
}

/** `const api = { .. }; return api;`, `function stop() { .. } return stop;` */
function definitionOf(name: ts.Identifier, { site }: Held): ts.Node | undefined {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? site.unit.checker.getShorthandAssignmentValueSymbol(name.parent)
    : symbolOf(name, site.unit.checker);
  const [declaration, second] = symbol?.declarations ?? [];
  if (declaration === undefined || second !== undefined) return undefined;
  if (ts.isVariableDeclaration(declaration))
    return declaration.initializer === undefined ? undefined : unwrap(declaration.initializer);
  return ts.isFunctionDeclaration(declaration) ? declaration : undefined;
}

function holderOf(
  literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression,
  held: Held,
): Shape | undefined {
  const parts = partsOf(literal);
  const members = parts.filter(({ value }) => isHandle(value, held)).map(({ name }) => name);
  const closing = parts.flatMap((one) => closingPart(one, held) ?? []);
  const releases = closing.map(({ name }) => name).sort(byName);
  if (members.length + releases.length === 0) return undefined;
  const { release } = held.site.model;
  const isHarmless = closing.length > 0 ? closing.every((one) => one.isHarmless) : release.every(isTwice);
  return { is: "holder", members, releases, isHarmless };
}

const isTwice = ({ again }: { readonly again: string }): boolean => again === "harmless";

function closingPart(
  { name, value }: Part,
  held: Held,
): { readonly name: string; readonly isHarmless: boolean } | undefined {
  const made = ts.isIdentifier(value) ? definitionOf(value, held) : value;
  if (made === undefined || !isFunction(made) || !releases(made, held) || !isClosing(name, made, held))
    return undefined;
  return { name, isHarmless: isHarmlessTwice(made, held.site) };
}

interface Part {
  readonly name: string;
  readonly value: ts.Node;
}

function partsOf(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): readonly Part[] {
  if (ts.isArrayLiteralExpression(literal))
    return literal.elements.map((one, i) => ({ name: String(i), value: unwrap(one) }));
  return literal.properties.flatMap((one): readonly Part[] => {
    const name = one.name === undefined ? undefined : nameOf(one.name);
    if (name === undefined) return [];
    if (ts.isPropertyAssignment(one)) return [{ name, value: unwrap(one.initializer) }];
    return [{ name, value: ts.isShorthandPropertyAssignment(one) ? one.name : one }];
  });
}

/** The function runs a release, itself, in a promise that it makes, or through another function of the file. */
function releases(node: FunctionNode, { uses, site }: Held): boolean {
  if (!isCallable(node)) return false;
  if (uses.releases.some((one) => isInside(one, node))) return true;
  const releasing = new Set(uses.releases.map((one) => enclosingFunction(one)));
  return site.unit.calls.some((call) => {
    if (!isInside(call, node) || !ts.isIdentifier(call.expression)) return false;
    const called = definitionOf(call.expression, { uses, site });
    return called !== undefined && isFunction(called) && releasing.has(called);
  });
}

function isInside(node: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}

/** A name that says so, or a body that does nothing else first. */
function isClosing(name: string, node: FunctionNode, { uses }: Held): boolean {
  if (/^\d+$/.test(name) || byName(name, "") < 0) return true;
  const { body } = node;
  if (body === undefined) return false;
  if (!ts.isBlock(body)) return true;
  return body.statements.some(
    (one) => ts.isExpressionStatement(one) && uses.releases.includes(unwrap(one.expression)),
  );
}
