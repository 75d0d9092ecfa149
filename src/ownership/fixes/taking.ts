import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { activationsOf, unwrap, isInside } from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import type { Taking } from "../../fixes.js";
import type { HandOver, Release } from "../../types.js";
import { calledFunction } from "../uses/arguments.js";
import { receiverStatement } from "./handle-text.js";
import { removalOf } from "./listening.js";
import type { Surroundings } from "../decided.js";
import { memberOf } from "./taken-apart.js";
import { isReleaseFunction } from "../uses/releases.js";
import type { Region } from "./scope.js";
import type { Taken } from "../uses/traced.js";
import type { Uses } from "../uses/uses.js";
import { isPromised } from "../uses/promised.js";

/** How a context takes the resource over; undefined when nothing in the file says how to release it. */
export function takingOf(site: Site, around: Surroundings): Taking | undefined {
  const { adopt, acquire } = site.model;
  if (acquire.by === "method") return removalOf(site) === undefined ? undefined : "defer";
  // A context takes no promise of a resource.
  if (isPromised(site)) return undefined;
  const member = memberOf(site);
  if (member !== undefined) return member.method;
  // There must be a place behind the call for the statement that takes its object over.
  if (site.inferred?.shape.is === "receiver" && receiverStatement(site) === null) return undefined;
  if (adopt.by === "wrap")
    return typeof adopt.method === "string" || isInHand(site) ? adopt.method : undefined;
  if (adopt.by !== "release" || !isInHand(site) || isReleasedByItsPath(site, around)) return undefined;
  const beside = site.inferred === null ? besideText(site) : undefined;
  const release = callText(site) ?? methodText(site) ?? beside ?? calledText(site, around);
  return release === undefined ? undefined : { release };
}

/** The release is for the resource itself: neither for a promise of it, nor for what a `catch` makes of one. */
function isInHand({ model, handle, call }: Site): boolean {
  return model.yields !== "promise" || unwrap(handle) === call;
}

/** `unlock(file)` somewhere in the file releases what `lock(file)` has acquired, whoever holds that: once is enough. */
function isReleasedByItsPath({ unit, model }: Site, { exportsOf }: Surroundings): boolean {
  const names = model.release
    .filter((one) => one.by === "function" && one.argument === -1)
    .flatMap((one) =>
      one.by === "function" ? one.modules.map((module) => `${module}#${one.path.join(".")}`) : [],
    );
  if (names.length === 0) return false;
  return unit.calls.some(({ expression }) => {
    const origin = originOf(expression, unit, exportsOf);
    return origin !== undefined && names.includes(`${origin.module}#${origin.path.join(".")}`);
  });
}

/** The resource is the function that releases it. */
function callText({ model, handle, inferred }: Site): string | undefined {
  const isBare = inferred === null || inferred.shape.is === "itself";
  if (!isBare || !model.release.some(({ by }) => by === "call")) return undefined;
  return ts.isExpressionStatement(handle.parent) ? undefined : "(release) => release()";
}

/** `(handle) => handle.close()`, without waiting where what acquires does not wait either. */
function methodText({ model: { release, yields } }: Site): string | undefined {
  const wanted = yields === "promise" ? "promise" : "now";
  const methods = release.filter((one) => one.by === "method");
  const method = methods.find((one) => one.completes === wanted) ?? methods[0];
  return method?.by === "method" ? `(handle) => handle.${method.name}()` : undefined;
}

/** `fs.closeSync` beside `fs.openSync`. */
function besideText({ callee, model }: Site): string | undefined {
  const name = model.release.find(isFunctionNow)?.path.at(-1);
  if (name === undefined || !ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression))
    return undefined;
  return `${callee.expression.text}.${name}`;
}

/** The function by which the file releases such a resource anywhere: it is imported then. */
function calledText(site: Site, { exportsOf }: Surroundings): string | undefined {
  const { unit, model } = site;
  const names = model.release.filter(isFunctionNow).map(({ path }) => path.join("."));
  const known = unit.calls.find(({ expression }) => {
    const origin = originOf(expression, unit, exportsOf);
    if (origin === undefined || !names.includes(origin.path.join("."))) return false;
    return isReleaseFunction(site, `${origin.module}#${origin.path.join(".")}`, 0);
  });
  return known === undefined || !isName(known.expression) ? undefined : known.expression.getText();
}

type FunctionRelease = Extract<Release, { by: "function" }>;

const isFunctionNow = (one: Release): one is FunctionRelease =>
  one.by === "function" && one.completes === "now";

const isName = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression));

/**
 * Where a scope lets go of the resource because the program releases it right there, and a second release would
 * throw; undefined where it cannot. Nothing where a second release does no harm.
 */
export function lettingGoOf(site: Site, uses: Uses, region: Region): readonly HandOver[] | undefined {
  const taken = uses.taken.map(lettingGoBehind);
  const known = taken.filter((one) => one !== undefined);
  const released = releasedOnce(site, uses, region);
  return known.length < taken.length || released === undefined ? undefined : [...known, ...released];
}

/** `ctx.disown(transport);` behind `await client.connect(transport);` */
function lettingGoBehind({ by, name }: Taken): HandOver | undefined {
  const statement = by.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  return { how: "after", from: statement.getStart(), at: statement.end, name: name.text, keeps: null };
}

function releasedOnce(site: Site, uses: Uses, region: Region): readonly HandOver[] | undefined {
  // The runtime sees whether a handle of Node is over.
  if (memberOf(site) !== undefined || !mustBeReleasedOnce(site)) return [];
  if (uses.isSplit) return uses.releases.length === 0 ? [] : undefined;
  // What is handed over releases it later, when the scope is long over.
  const releases = uses.releases.filter(
    (one) =>
      !uses.escapes.some(({ value }) => isInside(one, value)) && !uses.taken.some(({ by }) => by === one),
  );
  const found = releases.map((release) => takersOf(release, { site, uses, region }));
  if (found.some((takers) => takers.length === 0)) return undefined;
  const spans = new Map(found.flat().map((one) => [one.pos, { start: one.getStart(), end: one.end }]));
  return [...spans.values()].map((span) => ({ how: "wrap", span }));
}

/** The runtime sees whether a handle of Node is over; a function that the program names it calls in any case. */
function mustBeReleasedOnce({ model, inferred }: Site): boolean {
  if (inferred === null || inferred.shape.is === "itself") return model.adopt.by === "release";
  return !inferred.shape.isHarmless;
}

interface Place {
  readonly site: Site;
  readonly uses: Uses;
  readonly region: Region;
}

/** The names of the resource in the release itself, or where it is passed to the function that releases it. */
function takersOf(release: ts.Node, { site, uses, region }: Place): readonly ts.Identifier[] {
  const inside = uses.references.filter((one) => isInside(one, region.block));
  if (isInside(release, region.block))
    return inside.filter((one) => isInside(one, partOf(release))).slice(0, 1);
  return inside.filter(({ parent }) => {
    if (!ts.isCallExpression(parent)) return false;
    const called = calledFunction({ site }, parent.expression);
    // A listener that the function adds releases it later, if ever.
    return called !== undefined && activationsOf(release).includes(called);
  });
}

/** Of a loop only what it runs over. */
const partOf = (release: ts.Node): ts.Node => (ts.isForOfStatement(release) ? release.expression : release);
