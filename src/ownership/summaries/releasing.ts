import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { type FunctionNode, hasModifier } from "../../analyse/nodes.js";
import type { ResourceModel } from "../../types.js";

/** Names that projects give to what ends a thing, the best known first. */
const closingNames = [
  "Symbol.asyncDispose",
  "Symbol.dispose",
  "dispose",
  "close",
  "stop",
  "destroy",
  "teardown",
  "cleanup",
  "shutdown",
  "disconnect",
  "terminate",
  "kill",
  "end",
  "quit",
  "exit",
  "release",
  "cancel",
  "clear",
  "abort",
  "unsubscribe",
  "unwatch",
  "uninstall",
  "deactivate",
  "free",
  "finish",
  "remove",
  "delete",
] as const;

/** Orders names of releasing methods: those that say what they do come first, and before "". */
export function byName(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

/** `closeAll` as well as `close`. */
export function isClosingName(name: string): boolean {
  return name !== "" && rank(name) < closingNames.length * 3;
}

/** Names that projects give to what begins a thing that goes on until it is ended. */
const openingNames =
  /^(start|listen|open|connect|launch|init|initiali[sz]e|setup|setUp|begin|boot|serve|watch|activate|enable|resume)(?![a-z])/;

export const isOpeningName = (name: string): boolean => openingNames.test(name);

function rank(name: string): number {
  const plain = name.replace(/^\[|\]$|^#/g, "");
  const exact = closingNames.findIndex((one) => one.toLowerCase() === plain.toLowerCase());
  if (exact !== -1) return exact;
  if (name === "") return closingNames.length * 3;
  const start = closingNames.findIndex((one) => plain.toLowerCase().startsWith(one.toLowerCase()));
  return start === -1 ? closingNames.length * 4 : closingNames.length + start;
}

/** It does nothing but release what can be released twice. */
export function isHarmlessTwice({ body }: FunctionNode, { model }: Site): boolean {
  if (body === undefined || !model.release.every(({ again }) => again === "harmless")) return false;
  if (model.release.length === 0) return false;
  const parts = ts.isBlock(body) ? body.statements : [body];
  const calls = parts.flatMap(callsIn);
  return calls.length > 0 && calls.every((call) => isReleaseOf(model, call));
}

function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isCallExpression(inner)) found.push(inner);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

function isReleaseOf({ release }: ResourceModel, { expression }: ts.CallExpression): boolean {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  return release.some(
    (one) =>
      (one.by === "method" && one.name === name) || (one.by === "function" && one.path.at(-1) === name),
  );
}

/** It can be called with no arguments. */
export function isCallable(node: FunctionNode): boolean {
  return node.parameters.every(
    (one) =>
      one.questionToken !== undefined || one.initializer !== undefined || one.dotDotDotToken !== undefined,
  );
}

/** The name of a member that can be written down: an identifier, or a symbol in brackets. */
export function nameOf(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  if (!ts.isComputedPropertyName(name)) return undefined;
  const text = name.expression.getText();
  return /^Symbol\.(asyncD|d)ispose$/.test(text) ? `[${text}]` : undefined;
}

/** The name by which anybody can call a method of an instance, without arguments. */
export function publicName(member: ts.MethodDeclaration): string | undefined {
  return isCallable(member) ? visibleName(member) : undefined;
}

/** The same where it may need arguments. */
export function visibleName(member: ts.MethodDeclaration): string | undefined {
  const isHidden = [
    ts.SyntaxKind.PrivateKeyword,
    ts.SyntaxKind.ProtectedKeyword,
    ts.SyntaxKind.StaticKeyword,
  ].some((kind) => hasModifier(member, kind));
  return isHidden ? undefined : nameOf(member.name);
}

/** Closing methods of the class that call one of those: `dispose() { this.close(); }` */
export function releasingThrough(node: ts.ClassLikeDeclaration, names: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const member of node.members) {
    const name = ts.isMethodDeclaration(member) ? publicName(member) : undefined;
    if (name === undefined || names.includes(name) || !isClosingName(name)) continue;
    if (callsIn(member).some(({ expression }) => isOwnMethod(expression, names))) found.push(name);
  }
  return found;
}

/** `this.close`, `super.close`, `this[Symbol.asyncDispose]` */
function isOwnMethod(callee: ts.Expression, names: readonly string[]): boolean {
  const isAccess = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee);
  if (!isAccess || !isSelf(callee.expression)) return false;
  const name = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : `[${callee.argumentExpression.getText()}]`;
  return names.includes(name);
}

const isSelf = ({ kind }: ts.Expression): boolean =>
  kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
