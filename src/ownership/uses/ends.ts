import { ts } from "ts-morph";
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunction,
  isInside,
  isTransparent,
  isNewPromise,
} from "../../analyse/nodes.js";
import { calledName } from "./closures.js";
import type { Effects } from "../flow/index.js";
import type { Effect } from "../flow/meaning.js";
import type { Pipe } from "./pipes.js";
import type { Uses } from "./uses.js";

/** A place where the program learns that the resource has ended by itself. */
export interface Observation {
  readonly event: string;
  /** The listener registration or the `once(child, "close")` call. */
  readonly call: ts.CallExpression;
}

const listens = new Set(["on", "once", "addListener", "prependListener", "prependOnceListener"]);

/** `child.on("close", ..)`, and methods that are named after an end themselves: `terminal.onExit(..)`. */
export function listeningOf(
  call: ts.CallExpression,
  name: string,
  ends: readonly string[],
): readonly Observation[] {
  if (ends.includes(name)) return [{ event: name, call }];
  const [event] = call.arguments;
  if (!listens.has(name) || event === undefined || !ts.isStringLiteralLike(event)) return [];
  return ends.includes(event.text) ? [{ event: event.text, call }] : [];
}

/** Where the function waits for the end of the resource: from there on it is gone. */
export function endEffects(uses: Uses, home: ts.Node): Effects {
  const observed = uses.observed.flatMap((one) => {
    const promise = promiseOf(one, uses, home);
    return promise === undefined ? [] : awaitOf(promise, home, uses);
  });
  return new Map([...observed, ...uses.pipes.flatMap((one) => pipeEffects(one, uses, home))]);
}

/** The function does not wait until everything has gone through each pipe that the stream is part of. */
export function goesOnInPipe(uses: Uses, home: FunctionNode | undefined): boolean {
  const waits = home !== undefined && hasModifier(home, ts.SyntaxKind.AsyncKeyword);
  return !uses.pipes.every((one) => waits && pipeEffects(one, uses, home).length > 0);
}

/** Where all has gone through a pipe, every stream of it is at its end; where another one fails, this one stays. */
function pipeEffects({ promise, call }: Pipe, uses: Uses, home: ts.Node): readonly Awaiting[] {
  const waiting = promise === undefined ? undefined : enclosingFunction(promise);
  if (promise === undefined || waiting === undefined) return [];
  const outer = waiting === home ? promise : lentCall({ call, event: "finish" }, uses, home);
  if (outer === undefined || awaitOf(promise, waiting, uses).length === 0) return [];
  return awaitOf(outer, home, uses).map(([node]) => [node, { is: "releases", mayFail: true }]);
}

/** The promise in the function itself that settles with the observation, and not before it. */
function promiseOf(observation: Observation, uses: Uses, home: ts.Node): ts.Expression | undefined {
  const settling = settlingPromise(observation);
  if (settling === undefined || enclosingFunction(settling) === home) return settling;
  return lentCall(observation, uses, home);
}

/** `once(child, "close")`, or the `new Promise(...)` whose executor listens. */
function settlingPromise({ call, event }: Observation): ts.Expression | undefined {
  if (ts.isIdentifier(call.expression) && calledName(call) === "once") return call;
  for (let inner = enclosingFunction(call); inner !== undefined; inner = enclosingFunction(inner)) {
    const made = inner.parent;
    if (!isNewPromise(made)) continue;
    return resolvesOnlyAt(inner, event) ? made : undefined;
  }
  return undefined;
}

/**
 * Whether an executor calls its `resolve` in listeners of the end only. A promise that resolves when a
 * server says that it is ready leaves the child running on purpose.
 */
function resolvesOnlyAt(executor: ts.SignatureDeclaration, event: string): boolean {
  const [resolve] = executor.parameters;
  if (resolve === undefined || !ts.isIdentifier(resolve.name)) return false;
  const uses = namesIn(executor, resolve.name.text).filter((one) => one !== resolve.name);
  return (
    uses.length > 0 && uses.every((use) => isInListener(use, executor, [event, "close", "exit", "error"]))
  );
}

export function namesIn(root: ts.Node, name: string): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

export function isInListener(node: ts.Node, executor: ts.Node, events: readonly string[]): boolean {
  const listener = ts.findAncestor(node, (up) => (up === executor ? "quit" : isListenerOf(up, events)));
  return listener !== undefined;
}

function isListenerOf(node: ts.Node, events: readonly string[]): boolean {
  if (!ts.isCallExpression(node) || !/^(on|once|addListener)$/.test(calledName(node))) return false;
  const [event] = node.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && events.includes(event.text);
}

/** `await waitForExit(child)`, where the function of this file listens to the end. */
function lentCall(observation: Observation, uses: Uses, home: ts.Node): ts.Expression | undefined {
  if (isInside(observation.call, home)) return undefined;
  const lent = uses.references.find(
    (one) =>
      ts.isCallExpression(one.parent) && one.parent.expression !== one && enclosingFunction(one) === home,
  );
  return lent !== undefined && ts.isCallExpression(lent.parent) ? lent.parent : undefined;
}

type Awaiting = readonly [ts.Node, Effect];

function awaitOf(promise: ts.Expression, home: ts.Node, uses: Uses): readonly Awaiting[] {
  let node: ts.Node = promise;
  // It can reject while the resource lives: a timeout, something else that fails, a failing sibling in `Promise.all`.
  let mayFail = ts.isNewExpression(promise) && rejectsElsewhere(promise, uses);
  while (isTransparent(node.parent)) node = node.parent;
  if (ts.isArrayLiteralExpression(node.parent) && isPromiseAll(node.parent.parent)) {
    node = node.parent.parent;
    mayFail = true;
  }
  const parent = node.parent;
  const isWaited = ts.isAwaitExpression(parent) || ts.isReturnStatement(parent);
  const awaiting = isWaited ? parent : namedAwait(parent, home);
  return awaiting === undefined ? [] : [[awaiting, { is: "releases", mayFail }]];
}

/** A timeout rejects, or a listener of something else: `source.on("error", reject)` says nothing about the target. */
function rejectsElsewhere(promise: ts.NewExpression, uses: Uses): boolean {
  if (/\bsetTimeout\b|\baddEventListener\b/.test(promise.getText())) return true;
  const [executor] = promise.arguments ?? [];
  if (executor === undefined || !isFunction(executor)) return false;
  const reject = executor.parameters[1]?.name;
  if (reject === undefined || !ts.isIdentifier(reject)) return false;
  return namesIn(executor, reject.text).some(
    (one) => one !== reject && isInListenerOfOthers(one, executor, uses),
  );
}

/** It runs when something else than the resource says so: `source.on("error", reject)` for a target. */
export function isInListenerOfOthers(node: ts.Node, executor: ts.Node, uses: Uses): boolean {
  const listening = ts.findAncestor(node, (up) => (up === executor ? "quit" : isListening(up)));
  return listening !== undefined && !isOnResource(listening, uses);
}

export function isListening(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && listens.has(calledName(node));
}

/** `child.on(..)`, `child.stdin.on(..)`, `spawn(..).on(..)`, `source.pipe(target).on(..)` */
function isOnResource(call: ts.Node, uses: Uses): boolean {
  let node: ts.Node = call;
  while (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || isTransparent(node)) {
    if (uses.effects.get(node)?.is === "acquires") return true;
    const [target] = ts.isCallExpression(node) && calledName(node) === "pipe" ? node.arguments : [];
    node = target ?? node.expression;
  }
  return uses.effects.get(node)?.is === "acquires" || uses.references.some((one) => one === node);
}

function isPromiseAll(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^Promise\.all(Settled)?$/.test(node.expression.getText());
}

/** `const closed = once(child, "close"); ... await closed;` */
function namedAwait(declaration: ts.Node, home: ts.Node): ts.Node | undefined {
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const name = declaration.name.text;
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name)
      found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(home);
  return found;
}

/** `for await (const line of child.stdout)`, `await text(child.stdout)` */
export function consumesPart(statement: ts.Statement, uses: Uses): boolean {
  return uses.references.some((one) => {
    const part = one.parent;
    if (!ts.isPropertyAccessExpression(part) || !/^std(out|err|io)$/.test(part.name.text)) return false;
    if (
      part.pos < statement.pos ||
      part.end > statement.end ||
      enclosingFunction(part) !== enclosingFunction(statement)
    )
      return false;
    if (ts.isForOfStatement(statement))
      return (
        statement.awaitModifier !== undefined &&
        statement.expression.pos <= part.pos &&
        part.end <= statement.expression.end
      );
    const awaiting = ts.findAncestor(part, (up) => (up === statement ? "quit" : ts.isAwaitExpression(up)));
    return awaiting !== undefined || ts.isReturnStatement(statement);
  });
}

/** `for await (const line of handle.readLines())` is over when the loop is. */
export function isIteratedHere({ parent }: ts.Node): boolean {
  return ts.isForOfStatement(parent) && parent.awaitModifier !== undefined;
}
