import { ts } from "ts-morph";
import { enclosingFunction, isFunction } from "../../analyse/nodes.js";
import type { Fix, Level } from "../../types.js";
import type { Decided } from "../decided.js";
import { consumesPart } from "../uses/ends.js";
import { isReadLineByLine } from "../uses/lines.js";
import { endOf, outcomeOf } from "../flow/index.js";
import { runsNow } from "../flow/calls.js";
import { isLeft, isLeftByFailureAlone, leakOf, type State } from "../flow/paths.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { hidesPath } from "../uses/paths.js";
import {
  arrowBodyOf,
  type Region,
  regionOf,
  returnsIn,
  scopeInArrow,
  scopeOver,
  whyNoRegion,
} from "./scope.js";
import { homeOf } from "../uses/activation.js";
import { isReleasedLater } from "../uses/later.js";
import { isWaitedForTogether } from "../uses/settling.js";
import { exitNote } from "./skipped.js";
import { lettingGoOf } from "./taking.js";
import { traitsOf } from "../traits.js";
import { takingWhole } from "./whole-file.js";

export const noRoom =
  "The text has no room for a scope: a promise is returned from inside a `try`, or code above refers to what is declared below.";

/** Fix F1: the function releases it, or waits for its end, on its way to success, and something before that can fail. */
export function localScope(given: Case): Decided | undefined {
  const { site, uses, around, effects } = given;
  if (!around.scopes) return given.refuse("scope", "Functions get no context of their own in this run.");
  if (uses.isPiped) return given.refuse("scope", "A pipe uses it after the function has returned.");
  if (isReleasedLater(site, uses))
    return given.refuse("scope", "Work that goes on when the function has returned releases it.");
  const region = regionOf(site, uses);
  if (region === undefined) return arrowScope(given) ?? given.refuse("scope", whyNoRegion(site, uses));
  const { success, failure, abandoned } = outcomeOf(region.statements, {
    site,
    uses,
    effects,
    start: "unborn",
  });
  const late = leakOf(success);
  const leak = late ?? leakOf(failure) ?? leakOf(abandoned);
  if (leak === undefined) return given.refuse("scope", "No way out of its block leaves it behind.");
  // What is released before the function is over takes its parts with it; output of a child may still be read.
  if (uses.partEscapes && (late !== undefined || traitsOf(site).outlives))
    return given.refuse("scope", "A part of it is handed on, and outlives the function.");
  const weakness = late === undefined ? undefined : weaknessOf(given, { ...region, success });
  if (late !== undefined && weakness === undefined)
    return given.refuse(
      "scope",
      "The function succeeds without waiting for its end: a scope would end it too early.",
    );
  const handOvers = lettingGoOf(site, uses, region);
  if (handOvers === undefined)
    return given.refuse("scope", "It must not be released twice, and where it is released is out of reach.");
  const scope = scopeOver(region, { site, uses, around });
  if (scope === undefined) return given.refuse("scope", noRoom);
  return {
    ownership: { verdict: "local", leak },
    level: weakness?.level ?? levelOf(given),
    outcome: scopeFix(given, {
      scope,
      handOvers,
      method: late === undefined ? takingWhole(given) : given.method,
    }),
    message:
      (weakness?.message ?? (leakOf(failure) === undefined ? stopped(site) : thrown(site))) +
      exitNote(site, region.statements),
  };
}

/** `async (file) => read(await open(file))`: the expression becomes a block with a scope. */
function arrowScope(given: Case): Decided | undefined {
  const { site, uses, around, outcome, method } = given;
  const body = arrowBodyOf(site, uses);
  if (body === undefined || uses.releases.length > 0 || uses.partEscapes) return undefined;
  const late = leakOf(outcome.success);
  const leak = late ?? leakOf(outcome.failure);
  const weakness =
    late === undefined
      ? undefined
      : weaknessOf(given, { statements: [], waits: true, success: outcome.success });
  if (leak === undefined || (late !== undefined && weakness === undefined)) return undefined;
  const scope = scopeInArrow(body, { site, uses, around });
  return {
    ownership: { verdict: "local", leak },
    level: weakness?.level ?? levelOf(given),
    outcome: { by: "scope", handle: handleOf(site), method, scope },
    message: (weakness?.message ?? thrown(site)) + exitNote(site, [body]),
  };
}

/** What a pipe has not passed on when something fails is lost, where it may have gone on for a while before. */
const levelOf = ({ uses }: Case): Level => (uses.pipes.length > 0 ? "likely" : "safe");

function thrown(site: Case["site"]): string {
  const { noun } = traitsOf(site);
  return `A throw before its end leaves ${noun === "child process" ? "it running" : `the ${noun} behind`}.`;
}

function stopped(site: Case["site"]): string {
  return `A consumer that stops before the end leaves the ${traitsOf(site).noun} behind.`;
}

type ScopeParts = Pick<Extract<Fix, { by: "guard" }>, "scope" | "handOvers" | "method">;

function scopeFix({ site }: Case, { scope, handOvers, method }: ScopeParts): Fix {
  const handle = handleOf(site);
  return handOvers.length === 0
    ? { by: "scope", handle, method, scope }
    : { by: "guard", handle, method, scope, handOvers };
}

interface Weakness {
  readonly level: Level;
  readonly message: string;
}

interface Place extends Pick<Region, "statements" | "waits"> {
  readonly success: State;
}

/** Why a scope may end a resource that success leaves behind; undefined when it may not. */
function weaknessOf(given: Case, region: Place): Weakness | undefined {
  const { site, uses } = given;
  const { kind } = site.model;
  const { noun, acts, outlives } = traitsOf(site);
  const isPlain = !outlives && kind !== "bundle";
  if (
    !acts &&
    !hidesPath(site) &&
    uses.dependent === undefined &&
    uses.references.every((one) => isUsedHere(one, site.call))
  )
    return { level: isPlain ? "safe" : "likely", message: `Nobody releases the ${noun}.` };
  if (isInputOfLines(given))
    return { level: "safe", message: `A loop over its lines that ends early leaves the ${noun} behind.` };
  if (isForgottenOnTheWay(given, region))
    return { level: "likely", message: `The last way out releases the ${noun}; an earlier one forgets it.` };
  if (uses.observed.length === 0 && !uses.isUnreferenced && isLeftByFailureAlone(region.success))
    return { level: "likely", message: `A failure that is caught leaves the ${noun} behind.` };
  const later = region.statements.slice(1);
  if (kind !== "child-process" || !outlives || !region.waits || !later.some((one) => consumesPart(one, uses)))
    return undefined;
  return {
    level: "likely",
    message: "Its output is read, but nobody waits for its exit; in a scope, it ends with the function.",
  };
}

function isInputOfLines({ site, uses }: Case): boolean {
  const used = uses.names.length === 0 ? [site.handle] : uses.references;
  return used.length > 0 && used.every((one) => isReadLineByLine(one, uses, site.unit));
}

/**
 * The function releases it before it comes to its end, and returns, breaks or continues somewhere before that without
 * doing so. Not where the release is for a failure: `if (await isUp(server)) return true; server.close(); return false;`
 */
function isForgottenOnTheWay({ site, uses, effects }: Case, region: Pick<Region, "statements">): boolean {
  const home = homeOf(site, uses);
  if (uses.releases.length === 0 || uses.observed.length > 0) return false;
  if (uses.releases.some((one) => enclosingFunction(one) !== home || isInCatch(one))) return false;
  const { statements } = region;
  const last = statements.at(-1);
  const isReturn = last !== undefined && ts.isReturnStatement(last);
  const value = isReturn ? last.expression : undefined;
  // `if (keep) return url; server.close();` keeps it for whoever uses what is returned.
  if (value === undefined ? returnsSomething(statements) : saysNo(value)) return false;
  const end = endOf(isReturn ? statements.slice(0, -1) : statements, {
    site,
    uses,
    effects,
    start: "unborn",
  });
  const paths = [...end.values()];
  return paths.some(({ status }) => status === "done") && !paths.some(isLeft);
}

function isInCatch(release: ts.Node): boolean {
  return ts.findAncestor(release, (up) => (isFunction(up) ? "quit" : ts.isCatchClause(up))) !== undefined;
}

function returnsSomething(statements: readonly ts.Statement[]): boolean {
  return returnsIn(statements).some(({ expression }) => expression !== undefined && !saysNo(expression));
}

function saysNo(value: ts.Expression): boolean {
  return /^(false|null|undefined|void 0|-?1|""|'')$/.test(value.getText());
}

/** In the function that acquires, or in a callback that has run when a statement of it is over. */
function isUsedHere(use: ts.Node, acquiring: ts.Node): boolean {
  const home = enclosingFunction(acquiring);
  for (let inner = enclosingFunction(use); inner !== home; inner = enclosingFunction(inner)) {
    const call = inner?.parent;
    if (inner === undefined || call === undefined || !ts.isCallExpression(call)) return false;
    if (runsNow(call) === "never" || !isAwaited(call)) return false;
  }
  return true;
}

/** `await Promise.all(formats.map(..))` */
function isAwaited(call: ts.CallExpression): boolean {
  return ts.isAwaitExpression(isWaitedForTogether(call) ? call.parent.parent : call.parent);
}
