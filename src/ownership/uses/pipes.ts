import { ts } from "ts-morph";
import { isFunction, isTransparent, symbolOf, unwrap, isNewPromise } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { calledName } from "./closures.js";
import { isInListener, isListening, namesIn } from "./ends.js";
import { usesOf } from "../../analyse/uses-of.js";

/** One `a.pipe(b)` that a stream takes part in, and how the program learns that all has gone through. */
export interface Pipe {
  readonly call: ts.CallExpression;
  /**
   * Settles when the last stream of the chain has got everything, or when something fails: `new Promise(..)` whose
   * executor listens to it, `once(target, "finish")`, `finished(target)`; undefined where nothing waits for that.
   */
  readonly promise: ts.Expression | undefined;
}

/** What is known about the pipe of this call, and about those that it goes on into. */
export function pipeOf(call: ts.CallExpression, unit: Unit): Pipe {
  const ends = endsOf(call, unit, new Set());
  return { call, promise: ends.map((one) => promiseOf(one, ends)).find((one) => one !== undefined) };
}

/** The calls by which the program listens to the end of the last stream of a chain of pipes. */
function endsOf(pipe: ts.CallExpression, unit: Unit, seen: Set<ts.Node>): readonly ts.CallExpression[] {
  if (seen.has(pipe)) return [];
  seen.add(pipe);
  const calls = streamsOf(pipe, unit).flatMap((one) => callsOn(one));
  const next = calls.find((one) => calledName(one) === "pipe");
  return next === undefined ? calls.filter((one) => isEnd(one) || isAwaiter(one)) : endsOf(next, unit, seen);
}

/** Every expression whose value is the stream that the pipe fills: `a.pipe(b)` gives back `b`. */
function streamsOf(pipe: ts.CallExpression, unit: Unit): readonly ts.Expression[] {
  const [argument] = pipe.arguments;
  const target = argument === undefined ? pipe : listened(argument);
  const { parent } = pipe;
  const names = [target, ts.isVariableDeclaration(parent) ? parent.name : target];
  return [pipe, target, ...names.flatMap((one) => (ts.isIdentifier(one) ? namedBy(one, unit) : []))];
}

/** `createWriteStream(file)` in `createWriteStream(file).on("error", ..)` */
function listened(stream: ts.Expression): ts.Expression {
  return isListening(stream) && ts.isPropertyAccessExpression(stream.expression)
    ? listened(stream.expression.expression)
    : stream;
}

/** Where a variable is used, and what it was made with. */
function namedBy(name: ts.Identifier, unit: Unit): readonly ts.Expression[] {
  const uses = usesOf(name, unit);
  const declaration = symbolOf(name, unit.checker)?.declarations?.[0];
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value === undefined ? uses : [...uses, listened(value)];
}

/** `x.on(..).once(..).pipe(y)`, and `once(x, "finish")`: the calls that get the stream, up to the pipe that reads it. */
function callsOn(stream: ts.Expression): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  for (let node: ts.Node = stream; ;) {
    const { parent } = node;
    if (isTransparent(parent)) node = parent;
    else if (ts.isCallExpression(parent)) return isAwaiter(parent) ? [...found, parent] : found;
    else if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
      found.push(parent.parent);
      if (calledName(parent.parent) === "pipe") return found;
      node = parent.parent;
    } else return found;
  }
}

/** `.on("finish", ..)`: everything has arrived; what passes it on says "end" when the last of it is read. */
function isEnd(call: ts.CallExpression): boolean {
  return isListening(call) && /^(finish|close|end)$/.test(eventOf(call.arguments[0]));
}

/** `once(target, "finish")`, `finished(target)` */
function isAwaiter(call: ts.CallExpression): boolean {
  if (!ts.isIdentifier(call.expression)) return false;
  const [, second] = call.arguments;
  if (call.expression.text === "finished") return second === undefined || !isFunction(second);
  return call.expression.text === "once" && /^(finish|close)$/.test(eventOf(second));
}

function eventOf(argument: ts.Expression | undefined): string {
  const event = argument === undefined ? undefined : unwrap(argument);
  return event !== undefined && ts.isStringLiteralLike(event) ? event.text : "";
}

function promiseOf(end: ts.CallExpression, ends: readonly ts.CallExpression[]): ts.Expression | undefined {
  if (isAwaiter(end)) return end;
  const executor = ts.findAncestor(end, (up) => isFunction(up) && isNewPromise(up.parent));
  if (executor === undefined || !isFunction(executor) || !ts.isNewExpression(executor.parent))
    return undefined;
  return resolvesOnlyAt(ends, executor) ? executor.parent : undefined;
}

/** A promise that resolves before everything has arrived says nothing about the pipe. */
function resolvesOnlyAt(ends: readonly ts.CallExpression[], executor: ts.SignatureDeclaration): boolean {
  const resolve = executor.parameters[0]?.name;
  if (resolve === undefined || !ts.isIdentifier(resolve)) return false;
  const uses = namesIn(executor, resolve.text).filter((one) => one !== resolve);
  const isOver = (use: ts.Node): boolean =>
    isInListener(use, executor, ["error"]) ||
    ts.findAncestor(use, (up) => ends.some((one) => one === up)) !== undefined;
  return uses.length > 0 && uses.every(isOver);
}
