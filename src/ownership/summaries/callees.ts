import { ts } from "ts-morph";
import type { Callee } from "../../analyse/callees.js";
import { hasModifier, isTransparent } from "../../analyse/nodes.js";
import { outcomeOf } from "../flow/index.js";
import { leakOf } from "../flow/paths.js";
import { isRegistered } from "../uses/releases.js";
import { Tracer } from "../uses/uses.js";

/**
 * What a function of another file does with the handle that it gets: `RELEASES`, or a borrow. False when it keeps the
 * handle, or when that is not known.
 */
export function lentElsewhere(tracer: Tracer, call: ts.CallExpression, node: ts.Expression): boolean {
  const lent = lentTo(tracer, call, node);
  return lent !== undefined && concluded(tracer, call, lent);
}

/** The function of another file that gets it, with what it does with its parameter. */
function lentTo(tracer: Tracer, call: ts.CallExpression, node: ts.Expression): Lent | undefined {
  if (tracer.hops === 0) return undefined;
  const callee = tracer.known.calleeOf(call.expression, tracer.site.unit);
  const parameter = callee?.node.parameters[call.arguments.indexOf(node)];
  if (callee === undefined || parameter === undefined || !isPlain(parameter)) return undefined;
  if (hasModifier(callee.node, ts.SyntaxKind.AsyncKeyword) && !isWaitedFor(call)) return undefined;
  const inner = new Tracer({ ...tracer.site, unit: callee.unit }, tracer.known, tracer.hops - 1);
  inner.lend(parameter.name);
  return { inner, callee };
}

/** `await removeFolder(scratch)`: the function of another file deletes whatever path it gets. */
export function isReleasedElsewhere(tracer: Tracer, call: ts.CallExpression, node: ts.Expression): boolean {
  const lent = lentTo(tracer, call, node);
  if (lent === undefined || lent.inner.releases.length === 0) return false;
  return isReleasedAlways(lent.inner, lent.callee);
}

type PlainParameter = ts.ParameterDeclaration & { readonly name: ts.Identifier };

const isPlain = (parameter: ts.ParameterDeclaration): parameter is PlainParameter =>
  parameter.dotDotDotToken === undefined && ts.isIdentifier(parameter.name);

/** What is not waited for may still use it when this function is over. */
function isWaitedFor(call: ts.Node): boolean {
  const { parent } = call;
  return isTransparent(parent) ? isWaitedFor(parent) : ts.isAwaitExpression(parent);
}

interface Lent {
  readonly inner: Tracer;
  readonly callee: Callee;
}

function concluded(tracer: Tracer, call: ts.CallExpression, { inner, callee }: Lent): boolean {
  if (inner.escapes.length > 0 || inner.partEscapes || inner.observed.length > 0) return false;
  if (callee.node.asteriskToken !== undefined) return false;
  if (inner.held === "owned-by-context" || inner.releases.some(isRegistered)) {
    tracer.held = inner.held ?? "registered-for-cleanup";
    return true;
  }
  // Nobody here waits for the pipe of another file.
  tracer.pipes.push(...inner.pipes.map(({ call: pipe }) => ({ call: pipe, promise: undefined })));
  tracer.isUnreferenced ||= inner.isUnreferenced;
  if (inner.releases.length > 0 && isReleasedAlways(inner, callee)) tracer.release(call);
  return true;
}

function isReleasedAlways(inner: Tracer, { node: { body } }: Callee): boolean {
  if (body === undefined) return false;
  if (!ts.isBlock(body)) return true;
  const { site, effects } = inner;
  return (
    leakOf(outcomeOf(body.statements, { site, uses: inner, effects, start: "live" }).success) === undefined
  );
}
