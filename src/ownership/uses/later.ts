import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isInside,
  isTransparent,
} from "../../analyse/nodes.js";
import { calledFunction } from "./arguments.js";
import { isChaining, isWaitedForTogether } from "./settling.js";
import type { Uses } from "./uses.js";

/**
 * Work that goes on when the function has returned releases it: `return copyInto(target)` in a function that does not
 * wait, or `void readThenClose(handle)`. A scope of the function would be over first.
 */
export function isReleasedLater(site: Site, uses: Uses): boolean {
  const home = enclosingFunction(site.call);
  return uses.releases.some((release) => {
    const work = workAround(release, home);
    if (work === undefined) return takesTime(release, uses) && !isWaitedFor(release, home);
    const calls = callsOf(work, site, home);
    return calls.length > 0 && !calls.every((call) => isWaitedFor(call, home));
  });
}

/** The async function of this file, other than the one that acquires, in which it is released. */
function workAround(release: ts.Node, home: FunctionNode | undefined): FunctionNode | undefined {
  let work: FunctionNode | undefined;
  for (
    let inner = enclosingFunction(release);
    inner !== undefined && inner !== home;
    inner = enclosingFunction(inner)
  )
    if (hasModifier(inner, ts.SyntaxKind.AsyncKeyword)) work = inner;
  return work;
}

/** Where the function that acquires runs it. */
function callsOf(
  work: FunctionNode,
  site: Site,
  home: FunctionNode | undefined,
): readonly ts.CallExpression[] {
  return site.unit.calls.filter(
    (call) =>
      (home === undefined || isInside(call, home)) && calledFunction({ site }, call.expression) === work,
  );
}

/** It gets the resource and is through with it later: `pipeline(source, target)`. */
function takesTime(release: ts.Node, uses: Uses): boolean {
  return (
    ts.isCallExpression(release) &&
    release.arguments.some((one) => uses.references.some((reference) => isInside(reference, one))) &&
    /^pipeline$|^finished$/.test(release.expression.getText().split(".").at(-1) ?? "")
  );
}

/** Its promise settles before the function does. */
function isWaitedFor(call: ts.Node, home: FunctionNode | undefined): boolean {
  let node = call;
  for (let up = settlesWith(node); up !== undefined; up = settlesWith(node)) node = up;
  const { parent } = node;
  if (ts.isAwaitExpression(parent)) return true;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return isAwaitedByName(parent.name.text, home ?? parent.getSourceFile());
  const isGivenBack = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
  return isGivenBack && home !== undefined && hasModifier(home, ts.SyntaxKind.AsyncKeyword);
}

function settlesWith({ parent }: ts.Node): ts.Node | undefined {
  if (isTransparent(parent)) return parent;
  if (isWaitedForTogether(parent)) return parent.parent;
  const isChained =
    ts.isPropertyAccessExpression(parent) &&
    isChaining(parent.name.text) &&
    ts.isCallExpression(parent.parent);
  return isChained ? parent.parent : undefined;
}

function isAwaitedByName(name: string, home: ts.Node): boolean {
  let isFound = false;
  const visit = (node: ts.Node): void => {
    isFound ||=
      ts.isAwaitExpression(node) &&
      new RegExp(`(^|\\W)${name.replace(/\$/g, "\\$")}(\\W|$)`).test(node.getText());
    if (!isFound) ts.forEachChild(node, visit);
  };
  visit(home);
  return isFound;
}
