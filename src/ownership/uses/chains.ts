import { ts } from "ts-morph";
import { isFunction, symbolOf, unwrap } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { calledName } from "./closures.js";
import { namesIn } from "./ends.js";

/** The streams of one chain of pipes, and the code that does nothing but connect them and wait for the last one. */
export interface Chain {
  /** From the source to the last one, each as the expression that gives it, without what listens to it. */
  readonly streams: readonly ts.Expression[];
  /** All mentions of a stream by name that are part of the code. */
  readonly mentions: ReadonlySet<ts.Identifier>;
}

/** What the functions of the promise are called. */
interface Settlers {
  readonly resolve: string;
  readonly reject: string | undefined;
}

/** `new Promise((resolve, reject) => { a.on("error", reject).pipe(b).on("finish", resolve); })` */
export function chainInPromise(promise: ts.NewExpression, unit: Unit): Chain | undefined {
  const [executor] = promise.arguments ?? [];
  if (executor === undefined || !isFunction(executor) || executor.body === undefined) return undefined;
  const [resolve, reject] = executor.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ""));
  if (resolve === undefined || resolve === "" || reject === "" || executor.parameters.length > 2)
    return undefined;
  const reader = new Reader(unit, { resolve, reject });
  const isRead = ts.isBlock(executor.body)
    ? executor.body.statements.every((one) => reader.statement(one))
    : ts.isExpression(executor.body) && reader.expression(executor.body);
  const settlers = executor.parameters.flatMap(({ name }) =>
    ts.isIdentifier(name) ? namesIn(executor, name.text).filter((one) => one !== name) : [],
  );
  if (!isRead || settlers.length !== reader.settled) return undefined;
  return reader.chain();
}

/** `a.pipe(b);` and then `await once(b, "finish")`: statements right before the one that waits for the stream. */
export function chainAwaited(
  target: ts.Expression,
  before: readonly ts.Statement[],
  unit: Unit,
): Chain | undefined {
  const reader = new Reader(unit, undefined);
  if (!before.every((one) => reader.statement(one)) || !reader.expression(target)) return undefined;
  return reader.chain(target);
}

/** Whether a statement only connects streams. */
export function connects(statement: ts.Statement): boolean {
  const expression = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations[0]?.initializer
    : ts.isExpressionStatement(statement)
      ? statement.expression
      : undefined;
  const call = expression === undefined ? undefined : unwrap(expression);
  return call !== undefined && ts.isCallExpression(call) && calledName(call) === "pipe";
}

type Key = ts.Symbol | ts.Node;

/** Reads code that connects streams; gives up at the first thing that does anything else. */
class Reader {
  /** How often the functions of the promise are used in a way that says no more than that all is over. */
  settled = 0;
  private readonly made = new Map<Key, ts.Expression>();
  private readonly next = new Map<Key, Key>();
  private readonly ends = new Set<Key>();
  private readonly mentions = new Set<ts.Identifier>();

  constructor(
    private readonly unit: Unit,
    private readonly settlers: Settlers | undefined,
  ) {}

  statement(node: ts.Statement): boolean {
    if (ts.isExpressionStatement(node)) return this.expression(node.expression);
    if (!ts.isVariableStatement(node) || !(node.declarationList.flags & ts.NodeFlags.Const)) return false;
    return node.declarationList.declarations.every((one) => this.declaration(one));
  }

  expression(node: ts.Expression): boolean {
    return this.stream(node) !== undefined;
  }

  /** `target`: what is waited for; else the last one must be listened to, and no other. */
  chain(target?: ts.Expression): Chain | undefined {
    const last = target === undefined ? [...this.ends] : [this.stream(target)];
    const [end, another] = last;
    if (end === undefined || another !== undefined) return undefined;
    const keys = this.keysUpTo(end);
    const streams = keys.flatMap((key) => this.made.get(key) ?? []);
    const isWhole = this.made.size === keys.length && this.next.size === keys.length - 1;
    return isWhole && streams.length > 1 ? { streams, mentions: this.mentions } : undefined;
  }

  private keysUpTo(end: Key): readonly Key[] {
    const keys = [end];
    for (;;) {
      const [key] = keys;
      const before = [...this.next].filter(([, to]) => to === key).map(([from]) => from);
      const [source, second] = before;
      if (source === undefined) return keys;
      if (second !== undefined || keys.includes(source)) return [];
      keys.unshift(source);
    }
  }

  private declaration({ name, initializer }: ts.VariableDeclaration): boolean {
    const symbol = ts.isIdentifier(name) ? symbolOf(name, this.unit.checker) : undefined;
    if (initializer === undefined || symbol === undefined || !ts.isIdentifier(name)) return false;
    this.mentions.add(name);
    return this.stream(initializer, symbol) !== undefined;
  }

  /** What stands for the stream that an expression gives; undefined where it does more. `named`: its own name. */
  private stream(node: ts.Expression, named?: ts.Symbol): Key | undefined {
    const inner = unwrap(node);
    if (ts.isIdentifier(inner)) return this.name(inner);
    if (!ts.isCallExpression(inner) || !ts.isPropertyAccessExpression(inner.expression))
      return this.source(node, named);
    const { name, expression } = inner.expression;
    const isLink = name.text === "pipe" || /^(on|once|addListener)$/.test(name.text);
    if (!isLink) return this.source(node, named);
    if (inner.questionDotToken !== undefined || inner.expression.questionDotToken !== undefined)
      return undefined;
    if (name.text !== "pipe") return this.listen(inner, this.stream(expression, named));
    // A name for `a.pipe(b)` is one for `b`.
    const from = this.stream(expression);
    return from === undefined ? undefined : this.pipe(inner, from, named);
  }

  private pipe({ arguments: args }: ts.CallExpression, from: Key, named?: ts.Symbol): Key | undefined {
    const [target, options] = args;
    if (target === undefined || options !== undefined || ts.isSpreadElement(target)) return undefined;
    const inner = unwrap(target);
    // The name of a name: what is said about one is not found under the other.
    if (named !== undefined && ts.isIdentifier(inner)) return undefined;
    const to = this.stream(target, named);
    if (to === undefined || this.next.has(from)) return undefined;
    this.next.set(from, to);
    return to;
  }

  private listen({ arguments: [event, listener, more] }: ts.CallExpression, key: Key | undefined) {
    if (key === undefined || event === undefined || listener === undefined || more !== undefined)
      return undefined;
    const name = unwrap(event);
    if (this.settlers === undefined || !ts.isStringLiteralLike(name)) return undefined;
    const { resolve, reject } = this.settlers;
    if (name.text === "error")
      return reject !== undefined && passes(listener, reject) ? this.settle(key) : undefined;
    if (!/^(finish|close)$/.test(name.text) || !says(listener, resolve)) return undefined;
    this.ends.add(key);
    return this.settle(key);
  }

  private settle(key: Key): Key {
    this.settled += 1;
    return key;
  }

  private name(node: ts.Identifier): Key | undefined {
    const symbol = symbolOf(node, this.unit.checker);
    if (symbol === undefined) return undefined;
    this.mentions.add(node);
    if (!this.made.has(symbol)) this.made.set(symbol, node);
    return symbol;
  }

  private source(node: ts.Expression, named: ts.Symbol | undefined): Key {
    const key = named ?? unwrap(node);
    this.made.set(key, node);
    return key;
  }
}

/** `reject`, `(error) => reject(error)` */
function passes(listener: ts.Expression, reject: string): boolean {
  const call = onlyCall(listener);
  if (call === undefined) return isNamed(listener, reject);
  if (!isNamed(call.expression, reject)) return false;
  const [given] = call.arguments;
  const own = unwrap(listener);
  const [parameter] = isFunction(own) ? own.parameters : [];
  return given !== undefined && parameter?.name.getText() === given.getText();
}

/** `resolve`, `() => resolve()` */
function says(listener: ts.Expression, resolve: string): boolean {
  const call = onlyCall(listener);
  if (call === undefined) return isNamed(listener, resolve);
  const [given, more] = call.arguments;
  const isNothing = given === undefined || given.getText() === "undefined";
  return isNamed(call.expression, resolve) && isNothing && more === undefined;
}

/** The one call that a function consists of. */
function onlyCall(listener: ts.Expression): ts.CallExpression | undefined {
  const own = unwrap(listener);
  if (!isFunction(own) || own.body === undefined) return undefined;
  const [only, another] = ts.isBlock(own.body) ? own.body.statements : [];
  if (another !== undefined) return undefined;
  const said = ts.isBlock(own.body)
    ? only !== undefined && (ts.isExpressionStatement(only) || ts.isReturnStatement(only))
      ? only.expression
      : undefined
    : own.body;
  const call = said === undefined || !ts.isExpression(said) ? undefined : unwrap(said);
  return call !== undefined && ts.isCallExpression(call) ? call : undefined;
}

function isNamed(node: ts.Expression, name: string): boolean {
  const inner = unwrap(node);
  return ts.isIdentifier(inner) && inner.text === name;
}
