import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { enclosingFunction, isNewPromise, outermost } from "../../analyse/nodes.js";
import type { Signalling } from "../../fixes.js";
import type { Unit } from "../../analyse/unit.js";
import type { Decided } from "../decided.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { noRoom } from "./local.js";
import { scopeOver } from "./scope.js";
import { usesOf } from "../../analyse/uses-of.js";
import { awaitedRegion } from "./awaited-region.js";

/**
 * Fix F1 for the loser of a race: when the work is done first, its timeout still keeps the program running. The async
 * function that waits for the race owns it.
 */
export function racedTimeout(given: Case): Decided | undefined {
  const { site, uses, around } = given;
  if (site.model.kind !== "timer" || site.model.lasts !== "once" || uses.releases.length > 0)
    return undefined;
  const promise = promiseOf(site);
  const race = promise === undefined ? undefined : raceOf(promise, site.unit);
  if (promise === undefined || race === undefined || !around.scopes) return undefined;
  const region = awaitedRegion(promise, race);
  const method = isPromise(site) ? signallingOf(site) : "timer";
  if (region === undefined || method === undefined) return undefined;
  const scope = scopeOver(region, { site, uses, around });
  if (scope === undefined) return given.refuse("scope", noRoom);
  return {
    ownership: { verdict: "local", leak: [] },
    level: "likely",
    outcome: { by: "scope", handle: handleOf(site), method, scope },
    message: "When the other side of the race comes first, the timeout still keeps the program running.",
  };
}

/** That of `timers/promises`: no function clears it. */
const isPromise = ({ model }: Site): boolean => model.release.length === 0;

/** What settles with the timeout: its own promise, or the one whose executor sets it. */
function promiseOf(site: Site): ts.Expression | undefined {
  const { call } = site;
  if (isPromise(site)) return call;
  const made = enclosingFunction(call)?.parent;
  return made !== undefined && isNewPromise(made) ? made : undefined;
}

/** `Promise.race([work, promise])`, also where the promise has a name that is used for nothing else. */
function raceOf(promise: ts.Expression, unit: Unit): ts.CallExpression | undefined {
  const node = outermost(promise);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const [use, another] = usesOf(parent.name, unit);
    return use === undefined || another !== undefined ? undefined : raceOf(use, unit);
  }
  if (!ts.isArrayLiteralExpression(parent) || !ts.isCallExpression(parent.parent)) return undefined;
  return /^Promise\.(race|any)$/.test(parent.parent.expression.getText()) ? parent.parent : undefined;
}

/**
 * `setTimeout(5_000, "late", { signal: ctx.signal })`; undefined where it has options already. What it rejects with when
 * the context ends must find the race there: nothing may throw between the two.
 */
function signallingOf({ call, args, model }: Site): Signalling | undefined {
  if (
    !ts.isCallExpression(call) ||
    !isLastToThrow(call) ||
    args.length === 0 ||
    args.length > model.args.options
  )
    return undefined;
  const last = args.at(-1);
  if (last === undefined || args.some(ts.isSpreadElement)) return undefined;
  const missing = ", undefined".repeat(model.args.options - args.length);
  return { at: last.end, before: `${missing}, { signal: `, after: ".signal }" };
}

/** An element of the race itself, behind which nothing but names is evaluated. */
function isLastToThrow(call: ts.Expression): boolean {
  const node = outermost(call);
  const { parent } = node;
  return (
    ts.isArrayLiteralExpression(parent) &&
    parent.elements.slice(parent.elements.indexOf(node) + 1).every(ts.isIdentifier)
  );
}
