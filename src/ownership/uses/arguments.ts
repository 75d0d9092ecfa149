import { isBuiltin } from "node:module";
import { ts } from "ts-morph";
import { modelOf } from "../../analyse/acquisitions.js";
import { isFunction, symbolOf, unwrap, type FunctionNode } from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import type { Unit } from "../../analyse/unit.js";
import { calledName, isResolve, storing } from "./closures.js";
import { followIntoCollection } from "./collections.js";
import { container, movedOut, unknown } from "./escapes.js";
import { pipeOf } from "./pipes.js";
import { isReleaseFunction } from "./releases.js";
import { isReleasedElsewhere, lentElsewhere } from "../summaries/callees.js";
import { isReleaser, releaserPassed } from "../summaries/parts.js";
import { takingOver } from "./takers.js";
import type { Tracer } from "./uses.js";

const owning = new Set([
  "use",
  "adopt",
  "process",
  "stream",
  "file",
  "tempDir",
  "tempFile",
  "server",
  "socket",
  "timer",
  "watcher",
  "worker",
  "readline",
]);
/** They destroy every stream that they get as soon as one of them fails. */
const sinks = new Set([
  "stream#pipeline",
  "stream#promises.pipeline",
  "stream/promises#pipeline",
  "stream#finished",
  "stream/promises#finished",
]);
/** What they give back uses the stream from then on. */
const wrappers = new Set(
  ["Readable.toWeb", "Writable.toWeb", "Duplex.toWeb", "Readable.from", "Duplex.from", "compose"].map(
    (name) => `stream#${name}`,
  ),
);
const borrowers = new Set([
  "console.log",
  "console.error",
  "console.warn",
  "console.debug",
  "console.info",
  "console.dir",
  "Boolean",
  "String",
  "assert",
  "expect",
  "clearTimeout",
]);

/** A function that closes the streams that it gets when it is through with them, or when one fails. */
export function isSink(origin: string): boolean {
  return sinks.has(origin);
}

/** What a call does with a handle that it gets as an argument. */
export function argumentUse(
  tracer: Tracer,
  call: ts.CallExpression | ts.NewExpression,
  node: ts.Expression,
): void {
  if (isReleaser(tracer, node)) return releaserPassed(tracer, call, node);
  if (ts.isNewExpression(call)) return constructed(tracer, call, node);
  if (isResolve(call, tracer.site.unit)) return tracer.escape(movedOut("escapes-resolved"), call, node);
  const origin = tracer.origin(call.expression);
  if (origin === "events#once") return observedByOnce(tracer, call);
  if (isSink(origin) || isReleaseFunction(tracer.site, origin, call.arguments.indexOf(node)))
    return tracer.release(call);
  if (isOwner(tracer, call)) {
    tracer.held = "owned-by-context";
    return;
  }
  if (isLetGo(tracer, call)) return tracer.value(call);
  if (wrappers.has(origin)) return tracer.escape(unknown("escapes-argument", call), call, node);
  if (borrowers.has(call.expression.getText())) return;
  if (calledName(call) === "pipe") return filled(tracer, call);
  if (isBuiltin(origin.split("#")[0] ?? "")) return tracer.paths?.argument(call, node, "same");
  if (ts.isPropertyAccessExpression(call.expression) && storing.has(calledName(call))) {
    const collection = call.expression.expression;
    if (!followIntoCollection(tracer, collection)) tracer.escape(container(collection), call, node);
    return;
  }
  const taking = takingOver(tracer, call, node);
  if (taking !== undefined && ts.isIdentifier(node)) {
    tracer.taken.push({ by: taking, name: node });
    tracer.releases.push(taking);
    tracer.effects.set(taking, { is: "releases", mayFail: true });
    return;
  }
  const parameter = localParameter(tracer, call, node);
  if (parameter !== undefined) tracer.lend(parameter, call);
  else lentTo(tracer, call, node);
}

/** `pipeline([createReadStream(a), hash])` */
export function isSunk(tracer: Tracer, { parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && isSink(tracer.origin(parent.expression));
}

/** `get({ agent })`: a request borrows what it is sent with. */
export function isAskedWith({ site: { unit }, known }: Tracer, { parent }: ts.Node): boolean {
  const origin = ts.isCallExpression(parent) ? originOf(parent.expression, unit, known.exportsOf) : undefined;
  return origin !== undefined && modelOf(origin, unit.catalogue)?.kind === "request";
}

function constructed(tracer: Tracer, call: ts.NewExpression, node: ts.Expression): void {
  if (tracer.paths !== undefined) tracer.paths.argument(call, node, "same");
  else tracer.escape(unknown("escapes-argument", call), call, node);
}

/** A function that is not known gets the handle. */
function lentTo(tracer: Tracer, call: ts.CallExpression, node: ts.Expression): void {
  if (tracer.paths !== undefined && isReleasedElsewhere(tracer, call, node)) return tracer.release(call);
  // The name of a folder can be passed around: whoever gets it does not own the folder.
  if (tracer.paths !== undefined && !isReport(tracer, call)) return tracer.paths.argument(call, node, "same");
  if (!lentElsewhere(tracer, call, node)) tracer.escape(unknown("escapes-argument", call), call, node);
}

/** `source.pipe(target)` gives back the target. */
function filled(tracer: Tracer, call: ts.CallExpression): void {
  tracer.pipes.push(pipeOf(call, tracer.site.unit));
  if (!ts.isExpressionStatement(call.parent)) tracer.value(call);
}

/** `onReady(folder);`: the caller asked to be told, and may use the folder when this is over. */
function isReport({ site: { unit } }: Tracer, call: ts.CallExpression): boolean {
  if (!ts.isIdentifier(call.expression) || !ts.isExpressionStatement(call.parent)) return false;
  const declaration = symbolOf(call.expression, unit.checker)?.declarations?.[0];
  return declaration !== undefined && ts.isParameter(declaration);
}

/** `await once(child, "close")` */
function observedByOnce(tracer: Tracer, call: ts.CallExpression): void {
  const event = call.arguments[1];
  if (event !== undefined && ts.isStringLiteralLike(event) && tracer.site.model.ends.includes(event.text))
    tracer.observed.push({ event: event.text, call });
}

/** `ctx.process(child)`, `ResourceContext.root.process(child)`, `stack.use(child)` */
function isOwner(tracer: Tracer, call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !owning.has(callee.name.text)) return false;
  return isContext(tracer, callee.expression);
}

/** `guard.disown(server)` gives back what it gets. */
function isLetGo(tracer: Tracer, { expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === "disown" &&
    isContext(tracer, expression.expression)
  );
}

const contexts = /#ResourceContext(\.root)?$/;
const nativeStacks = new Set(["DisposableStack", "AsyncDisposableStack"]);

function isContext(tracer: Tracer, receiver: ts.Expression): boolean {
  const node = unwrap(receiver);
  if (contexts.test(tracer.origin(node))) return true;
  if (ts.isNewExpression(node))
    return contexts.test(tracer.origin(node.expression)) || nativeStacks.has(node.expression.getText());
  if (ts.isIdentifier(node)) return isContextVariable(tracer, node);
  return (
    ts.isPropertyAccessExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ThisKeyword &&
    isContextField(tracer, node)
  );
}

function isContextVariable(tracer: Tracer, node: ts.Identifier): boolean {
  const declaration = symbolOf(node, tracer.site.unit.checker)?.declarations?.[0];
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration))
    return (
      declaration.type !== undefined &&
      /^(ResourceContext|(Async)?DisposableStack)$/.test(declaration.type.getText())
    );
  return (
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    isContext(tracer, declaration.initializer)
  );
}

function isContextField(tracer: Tracer, node: ts.PropertyAccessExpression): boolean {
  const owner = ts.findAncestor(node, ts.isClassLike);
  const field = owner?.members.find(
    (one) => ts.isPropertyDeclaration(one) && one.name.getText() === node.name.getText(),
  );
  return (
    field !== undefined &&
    ts.isPropertyDeclaration(field) &&
    field.initializer !== undefined &&
    isContext(tracer, field.initializer)
  );
}

/** The parameter of a function of this file that receives the handle; undefined when it is not known. */
function localParameter(
  tracer: Tracer,
  call: ts.CallExpression,
  node: ts.Expression,
): ts.Identifier | undefined {
  const target = calledFunction(tracer, call.expression);
  const index = call.arguments.indexOf(node);
  const parameter = index === -1 ? undefined : target?.parameters[index];
  if (parameter === undefined || parameter.dotDotDotToken !== undefined || !ts.isIdentifier(parameter.name))
    return undefined;
  return parameter.name;
}

/** The function of this file that runs when this is called. */
export function calledFunction(
  { site: { unit } }: Pick<Tracer, "site">,
  callee: ts.Expression,
): FunctionNode | undefined {
  const node = unwrap(callee);
  if (isFunction(node)) return node;
  if (ts.isIdentifier(node)) return functionOf(symbolOf(node, unit.checker)?.declarations);
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const owner = ownerOf(node, unit);
  const method = owner?.members.find(
    (one) => ts.isMethodDeclaration(one) && one.name.getText() === node.name.getText(),
  );
  return method === undefined ? undefined : functionOf([method]);
}

/** The class around `this.close(..)`, or the one that is named in `Pool.close(..)`. */
function ownerOf(
  { expression }: ts.PropertyAccessExpression,
  unit: Unit,
): ts.ClassLikeDeclaration | undefined {
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return ts.findAncestor(expression, ts.isClassLike);
  if (!ts.isIdentifier(expression)) return undefined;
  const [declaration, second] = symbolOf(expression, unit.checker)?.declarations ?? [];
  const isOne = declaration !== undefined && second === undefined && ts.isClassDeclaration(declaration);
  return isOne ? declaration : undefined;
}

function functionOf(declarations: readonly ts.Declaration[] | undefined): FunctionNode | undefined {
  const [declaration, second] = declarations ?? [];
  if (declaration === undefined || second !== undefined) return undefined;
  if (isFunction(declaration)) return declaration.body === undefined ? undefined : declaration;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
  const value = unwrap(declaration.initializer);
  return isFunction(value) ? value : undefined;
}
