import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { enclosingFunction, type FunctionNode, hasModifier, isInside } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { homeOf } from "./activation.js";
import { calledFunction, isSink } from "./arguments.js";
import { settlingWith } from "./settling.js";
import type { Uses } from "./uses.js";
import { usesOf } from "../../analyse/uses-of.js";

/**
 * Work that goes on when the function has returned releases it: `return copyInto(target)` in a function that does not
 * wait, or `void readThenClose(handle)`. A scope of the function would be over first.
 */
export function isReleasedLater(site: Site, uses: Uses): boolean {
  const { unit } = site;
  const home = homeOf(site, uses);
  return uses.releases.some((release) => {
    const work = workAround(release, home);
    if (work === undefined) return takesTime(release, uses) && !isWaitedFor(release, { home, unit });
    const calls = callsOf(work, site, home);
    return calls.length > 0 && !calls.every((call) => isWaitedFor(call, { home, unit }));
  });
}

interface Home {
  readonly home: FunctionNode | undefined;
  readonly unit: Unit;
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
  return ts.isCallExpression(release) && isSink(uses.origin(release.expression));
}

/** Its promise settles before the function does. */
function isWaitedFor(call: ts.Node, { home, unit }: Home): boolean {
  const settling = settlingWith(call);
  const { parent } = settling;
  if (ts.isAwaitExpression(parent)) return true;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return isAwaitedByName(parent.name, unit);
  const isGivenBack =
    ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === settling);
  return isGivenBack && home !== undefined && hasModifier(home, ts.SyntaxKind.AsyncKeyword);
}

/** `const copied = copyInto(target); .. await copied;` */
function isAwaitedByName(name: ts.Identifier, unit: Unit): boolean {
  const home = enclosingFunction(name);
  return usesOf(name, unit).some(
    (one) =>
      enclosingFunction(one) === home &&
      ts.findAncestor(one, (up) => (up === home ? "quit" : ts.isAwaitExpression(up))) !== undefined,
  );
}
