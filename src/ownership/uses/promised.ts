import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { type FunctionNode, isFunction, outermost } from "../../analyse/nodes.js";
import { isWaitedForTogether } from "./settling.js";
import type { Tracer } from "./uses.js";

/** Follows the value of the acquisition itself, or what a promise of it resolves with. */
export function traceAcquired(tracer: Tracer): void {
  const given = takerOf(tracer.site)?.parameters[0]?.name;
  const bound = nameAmongSiblings(tracer.site);
  if (given !== undefined && ts.isIdentifier(given)) tracer.lend(given);
  else if (bound !== undefined) tracer.bound(bound);
  else tracer.value(tracer.site.handle);
}

/** Nothing waits for the promise where it is made: `open(a).then(..)`, `Promise.all([open(a), open(b)])`. */
export function isPromised({ model, handle }: Site): boolean {
  return model.yields === "promise" && !ts.isAwaitExpression(handle);
}

/** The function that gets what a promise resolves with: `open(path).then((handle) => ..)`. */
export function takerOf(site: Site): FunctionNode | undefined {
  if (!isPromised(site)) return undefined;
  const access = outermost(site.handle).parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "then") return undefined;
  const call = access.parent;
  const [taker] = ts.isCallExpression(call) && call.expression === access ? call.arguments : [];
  const name = taker !== undefined && isFunction(taker) ? taker.parameters[0]?.name : undefined;
  return taker !== undefined && isFunction(taker) && name !== undefined && ts.isIdentifier(name)
    ? taker
    : undefined;
}

/** The variable for it in `const [from, to] = await Promise.all([open(a), open(b)])`. */
function nameAmongSiblings(site: Site): ts.Identifier | undefined {
  if (!isPromised(site)) return undefined;
  const element = outermost(site.handle);
  const list = element.parent;
  if (!ts.isArrayLiteralExpression(list) || !isWaitedForTogether(list)) return undefined;
  const waiting = outermost(list.parent).parent;
  const declaration = ts.isAwaitExpression(waiting) ? outermost(waiting).parent : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const { name } = declaration;
  if (!ts.isArrayBindingPattern(name)) return undefined;
  const bound = name.elements[list.elements.findIndex((one) => one === element)];
  return bound !== undefined && ts.isBindingElement(bound) && ts.isIdentifier(bound.name)
    ? bound.name
    : undefined;
}
