import { ts } from "ts-morph";
import { modelOf, type Site } from "../../analyse/acquisitions.js";
import {
  enclosingFunction,
  hasModifier,
  isFunction,
  isTransparent,
  outermost,
  symbolOf,
  unwrap,
} from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import type { Fix, Span } from "../../types.js";
import type { Decided } from "../decided.js";
import type { Case } from "../handle.js";
import { type Chain, chainAwaited, chainInPromise, connects } from "../uses/chains.js";
import { isPlainImport } from "../flow/calls.js";
import { optionOf } from "../uses/values.js";
import { freedName } from "./freed.js";

/**
 * A chain of pipes whose end is waited for by hand: `pipeline` does the same, and closes every stream when one fails.
 * That is why all of them must have been made in this function, and nothing else may listen to them; a response or a
 * stream of the caller, who may still want to say what went wrong, is not for it to close.
 */
export function pipelined(given: Case): Decided | undefined {
  const { site, uses } = given;
  const [promise, another] = new Set(uses.pipes.flatMap((one) => one.promise ?? []));
  if (site.model.kind !== "stream" || site.inferred !== null) return undefined;
  if (promise === undefined || another !== undefined) return undefined;
  const place = ts.isNewExpression(promise) ? ofPromise(promise, given) : ofWaiting(promise, given);
  if (place === undefined || !isOwned(place, given)) return undefined;
  return {
    ownership: { verdict: "local", leak: [] },
    level: "likely",
    outcome: fixOf(place, site),
    message: "When one side of the pipe fails, the other stays open; `pipeline` closes all of them.",
  };
}

interface Place {
  readonly chain: Chain;
  /** What gives way, and the first statement of it. */
  readonly gone: Span;
  readonly first: ts.Statement;
  readonly waits: boolean;
  readonly frees: string | null;
}

/** The promise itself gives way, where it is waited for or returned. */
function ofPromise(promise: ts.NewExpression, { site }: Case): Place | undefined {
  const outer = outermost(promise).parent;
  const isWaited = ts.isAwaitExpression(outer);
  const statement = isWaited ? outermost(outer).parent : outer;
  const isReturn = ts.isReturnStatement(statement);
  if (!isReturn && !(isWaited && ts.isExpressionStatement(statement))) return undefined;
  if (!/^(|void|unknown|any)$/.test((promise.typeArguments ?? []).map((one) => one.getText()).join()))
    return undefined;
  const chain = chainInPromise(promise, site.unit);
  const home = enclosingFunction(promise);
  const isAsync = home === undefined || hasModifier(home, ts.SyntaxKind.AsyncKeyword);
  // What throws while it is made rejects the promise there; here the function itself would throw.
  if (chain === undefined || (!isAsync && chain.streams.some((one) => !ts.isIdentifier(unwrap(one)))))
    return undefined;
  const gone = { start: promise.getStart(site.unit.source), end: promise.end };
  return { chain, gone, first: statement, waits: false, frees: null };
}

/** `a.pipe(b); await once(b, "finish");`: the statements that connect the streams give way as well. */
function ofWaiting(call: ts.Expression, { site, around }: Case): Place | undefined {
  if (!ts.isCallExpression(call)) return undefined;
  const origin = originOf(call.expression, site.unit, around.exportsOf);
  const [target] = call.arguments;
  const known = waiting.get(`${origin?.module ?? ""}#${origin?.path.join(".") ?? ""}`);
  const awaited = outermost(call).parent;
  const last = awaited.parent;
  if (target === undefined || known !== call.arguments.length) return undefined;
  if (!ts.isAwaitExpression(awaited) || !ts.isExpressionStatement(last)) return undefined;
  const before = connecting(last);
  const chain = chainAwaited(target, before, site.unit);
  if (chain === undefined) return undefined;
  const first = before[0] ?? last;
  const gone = { start: first.getStart(site.unit.source), end: awaited.end };
  return { chain, gone, first, waits: true, frees: freedName(call.expression, site.unit) };
}

/** What waits for the end of a stream, and how many arguments it has then. */
const waiting: ReadonlyMap<string, number> = new Map([
  ["events#once", 2],
  ["stream/promises#finished", 1],
]);

/** The statements right before one that only connect streams. */
function connecting(last: ts.Statement): readonly ts.Statement[] {
  const { parent } = last;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) return [];
  const before = parent.statements.slice(0, parent.statements.indexOf(last));
  return before.slice(before.findLastIndex((one) => !connects(one)) + 1);
}

/** Every stream was made by this function, the last one is a file, and nothing may fail before the pipeline begins. */
function isOwned(place: Place, given: Case): boolean {
  const { streams } = place.chain;
  const isOfSite = streams.some((one) => unwrap(madeBy(one, given)) === given.site.call);
  const last = streams.at(-1);
  if (!isOfSite || last === undefined || modelAt(last, given)?.kind !== "stream") return false;
  const isOwn = streams.every((one, i) => isMadeHere(one, i === 0, given) && !isOfOther(one, given));
  return isOwn && !saysMore(place, given) && isOnlyPiped(place, given) && areTogether(place, given);
}

/** The declaration of a stream with a name; undefined where it is no constant of this function. */
function declarationOf(stream: ts.Expression, { site }: Case): ts.VariableDeclaration | undefined {
  const inner = unwrap(stream);
  const declaration = ts.isIdentifier(inner)
    ? symbolOf(inner, site.unit.checker)?.declarations?.[0]
    : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const isConstant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConstant && enclosingFunction(declaration) === enclosingFunction(site.call)
    ? declaration
    : undefined;
}

/** The expression that gives a stream, without the name. */
function madeBy(stream: ts.Expression, given: Case): ts.Expression {
  return declarationOf(stream, given)?.initializer ?? stream;
}

/** `createGzip()`, `new Hasher()`; the source may also be a part of what was waited for: `response.body`. */
function isMadeHere(stream: ts.Expression, isSource: boolean, given: Case): boolean {
  const made = unwrap(madeBy(stream, given));
  if (ts.isCallExpression(made) || ts.isNewExpression(made)) return true;
  if (!isSource || !ts.isPropertyAccessExpression(made)) return false;
  const whole = declarationOf(made.expression, given)?.initializer;
  return whole !== undefined && isAwaited(whole);
}

function isAwaited(value: ts.Expression): boolean {
  let node = value;
  while (isTransparent(node)) node = node.expression;
  return ts.isAwaitExpression(node);
}

function modelAt(stream: ts.Expression, given: Case): Site["model"] | undefined {
  const made = unwrap(madeBy(stream, given));
  if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return undefined;
  const { unit } = given.site;
  const origin = originOf(made.expression, unit, given.around.exportsOf);
  return origin === undefined ? undefined : modelOf(origin, unit.catalogue);
}

/** `createReadStream(path, { fd, autoClose: false })`: somebody else closes it. */
function isOfOther(stream: ts.Expression, given: Case): boolean {
  const made = unwrap(madeBy(stream, given));
  const model = modelAt(stream, given);
  if (model === undefined || (!ts.isCallExpression(made) && !ts.isNewExpression(made))) return false;
  const options = made.arguments?.[model.args.options];
  return ["fd", "autoClose"].some((name) => optionOf(options, name, given.site.unit).is !== "absent");
}

/** A comment, or another resource in what gives way, would be lost. */
function saysMore({ gone, chain }: Place, { site, around }: Case): boolean {
  const { unit } = site;
  const inside = chain.streams.filter((one) => gone.start <= one.pos && one.end <= gone.end);
  const cut = [...inside].sort((a, b) => b.pos - a.pos);
  const rest = cut.reduce(
    (text, one) => text.slice(0, one.getStart(unit.source) - gone.start) + text.slice(one.end - gone.start),
    unit.text.slice(gone.start, gone.end),
  );
  const others = [...unit.calls, ...unit.constructions].filter((call) =>
    inside.some((one) => unwrap(one) !== call && one.pos <= call.pos && call.end <= one.end),
  );
  return (
    /\/[/*]/.test(rest) ||
    others.some((call) => {
      const origin = originOf(call.expression, unit, around.exportsOf);
      return origin !== undefined && modelOf(origin, unit.catalogue) !== undefined;
    })
  );
}

/** A name that goes away is used for nothing else, one that stays is at most read afterwards: `target.bytesWritten`. */
function isOnlyPiped({ chain, gone }: Place, { site }: Case): boolean {
  const { checker, identifiers, source } = site.unit;
  const symbols = new Set([...chain.mentions].map((one) => symbolOf(one, checker)));
  const others = [...chain.mentions]
    .flatMap((one) => identifiers.get(one.text) ?? [])
    .filter((one) => !chain.mentions.has(one) && symbols.has(symbolOf(one, checker)));
  return others.every((one) => {
    const declaration = symbolOf(one, checker)?.declarations?.[0];
    if (declaration === undefined || declaration.getStart(source) >= gone.start) return false;
    return ts.isVariableDeclaration(one.parent)
      ? one.parent === declaration
      : one.pos > gone.end && isRead(one);
  });
}

function isRead(name: ts.Identifier): boolean {
  const member = name.parent;
  if (!ts.isPropertyAccessExpression(member) || member.expression !== name) return false;
  const outer = outermost(member).parent;
  return (
    !ts.isCallExpression(outer) && !ts.isBinaryExpression(outer) && !ts.isPropertyAccessExpression(outer)
  );
}

/** From the first stream on, only the others are made before the pipeline begins, and none of that fails. */
function areTogether({ chain, first, gone }: Place, given: Case): boolean {
  const declared = chain.streams
    .flatMap((one) => declarationOf(one, given) ?? [])
    .filter((one) => one.end <= gone.start)
    .sort((a, b) => a.pos - b.pos);
  const [start, ...others] = declared;
  if (start === undefined) return true;
  const { parent } = first;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) return false;
  const between = parent.statements.filter((one) => one.end > start.pos && one.end <= first.pos);
  const isWhole = declared.every((one) => one.parent.parent.parent === parent);
  const isAlone = between.every(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.every((each) => declared.includes(each)),
  );
  return isWhole && isAlone && others.every((one) => goesThrough(one, given));
}

/** `createGzip()`, `createWriteStream(join(folder, name))` */
function goesThrough(declaration: ts.VariableDeclaration, { uses }: Case): boolean {
  const visit = (node: ts.Node): boolean => {
    if (isFunction(node)) return true;
    if (ts.isNewExpression(node) || ts.isAwaitExpression(node)) return false;
    if (ts.isCallExpression(node) && !isPlainImport(uses.origin(node.expression))) return false;
    return ts.forEachChild(node, (child) => !visit(child) || undefined) !== true;
  };
  return visit(declaration);
}

function fixOf({ chain, gone, waits, frees }: Place, { unit }: Site): Fix {
  const streams = chain.streams.map((one) => ({ start: one.getStart(unit.source), end: one.end }));
  return { by: "pipeline", span: gone, waits, streams, frees };
}
