import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { isTransparent } from "../../analyse/nodes.js";

/** Something whose value is also the promise of its end is waited for where it stands. */
export function isWaitedFor(site: Site): boolean {
  if (!isPromiseOfEnd(site)) return false;
  const settling = settlingWith(site.handle);
  const { parent } = settling;
  return (
    ts.isAwaitExpression(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isArrowFunction(parent) && parent.body === settling)
  );
}

/** Its value is also the promise of its end. */
export const isPromiseOfEnd = ({ model }: Site): boolean => model.lasts === "settled";

/** From a promise to the outermost one that settles with it: `work.catch(..)`, `Promise.all([work])`. */
export function settlingWith(promise: ts.Node): ts.Node {
  const up = step(promise);
  return up === undefined ? promise : settlingWith(up);
}

function step({ parent }: ts.Node): ts.Node | undefined {
  if (isTransparent(parent)) return parent;
  if (isWaitedForTogether(parent)) return parent.parent;
  const isChained =
    ts.isPropertyAccessExpression(parent) &&
    isChaining(parent.name.text) &&
    ts.isCallExpression(parent.parent);
  return isChained ? parent.parent : undefined;
}

/** Methods of a promise that give another one, which settles later. */
export function isChaining(name: string): boolean {
  return name === "then" || name === "catch" || name === "finally";
}

/** What `Promise.all(..)` or `Promise.allSettled(..)` waits for. */
export function isWaitedForTogether(holder: ts.Node): holder is Together {
  return (
    ts.isExpression(holder) &&
    ts.isCallExpression(holder.parent) &&
    holder.parent.arguments[0] === holder &&
    /^Promise\.all(Settled)?$/.test(holder.parent.expression.getText())
  );
}

type Together = ts.Expression & { readonly parent: ts.CallExpression };
