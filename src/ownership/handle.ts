import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, hasModifier, symbolOf } from "../analyse/nodes.js";
import { leaveReasons } from "../reasons.js";
import type { Taking } from "../fixes.js";
import type { FixName, HeldReason, Leak, Ownership, Refusal } from "../types.js";
import { childOutcome, finite, isDetached } from "./child-process.js";
import { mayBeOpenedHere } from "./opened.js";
import { homeOf } from "./uses/activation.js";
import { isBriefTimeout } from "./uses/brief.js";
import { type Decided, inert, leave, type Surroundings } from "./decided.js";
import { endEffects } from "./uses/ends.js";
import { ownedByClass } from "./fixes/class-owner.js";
import { collectedByClass } from "./fixes/class-collection.js";
import type { Escape } from "./uses/escapes.js";
import { activationOutcome, type Effects, type Outcome } from "./flow/index.js";
import { leakOf } from "./flow/paths.js";
import { rejectLeak, scopeAroundPromise } from "./fixes/executors.js";
import { guarded } from "./fixes/guard.js";
import { localScope } from "./fixes/local.js";
import { hidesPath } from "./uses/paths.js";
import { isHookedForGood } from "./uses/releases.js";
import { optionOf } from "./uses/values.js";
import { isWaitedFor } from "./uses/settling.js";
import { pipelined } from "./fixes/pipelines.js";
import { racedTimeout } from "./fixes/races.js";
import { takingOf } from "./fixes/taking.js";
import { traitsOf } from "./traits.js";
import { traceUses, type Uses } from "./uses/uses.js";
import { isPromised } from "./uses/promised.js";

/** Everything known about one handle. */
export interface Case {
  readonly site: Site;
  readonly around: Surroundings;
  readonly uses: Uses;
  /** What the uses do, and where the function waits for the end. */
  readonly effects: Effects;
  readonly outcome: Outcome;
  readonly method: Taking;
  /** Notes why a fix does not fit. */
  readonly refuse: (fix: FixName, why: string) => undefined;
}

/** Who must release a resource that the program holds in its hands, and what may be rewritten. */
export function decideHandle(site: Site, around: Surroundings): Decided {
  const { model, origin } = site;
  if (model.adopt.by === "none" && model.adopt.reason === "synchronous") return inert("synchronous");
  if (model.yields === "passed")
    return leave({ verdict: "event", observed: "callback" }, "no-drop-in", leaveReasons["no-drop-in"]);
  if (isWaitedFor(site) || origin.promisified) return finite(site, around);
  // Whoever opened the descriptor may close it as well.
  if (model.kind === "stream" && optionOf(site.args[model.args.options], "fd", site.unit).is === "set")
    return leave({ verdict: "local", leak: [] }, "descriptor-target", leaveReasons["descriptor-target"]);
  const uses = traceUses(site, around);
  if (uses.held !== null) return held(uses.held);
  if (isBriefTimeout(site)) return inert("ends-by-itself");
  if (hasSignal(site)) return held("registered-for-cleanup");
  const home = homeOf(site, uses) ?? site.unit.source;
  const effects: Effects = new Map([...uses.effects, ...(isAsync(home) ? endEffects(uses, home) : [])]);
  const outcome = activationOutcome(site, uses, effects);
  const refused: Refusal[] = [];
  const refuse = (fix: FixName, why: string): undefined => void refused.push({ fix, why });
  const method = takingOf(site, around);
  const given: Case = { site, around, uses, effects, outcome, method: method ?? "process", refuse };
  const raced = racedTimeout(given);
  const piped = raced === undefined ? pipelined(given) : undefined;
  const special = raced ?? piped;
  const decided = special ?? owned(given);
  const isTaken = special !== undefined || method !== undefined || typeof decided.outcome === "string";
  return {
    ...(isTaken ? decided : notTaken(decided, site)),
    evidence: { leak: rejectLeak(given) ?? anyLeak(outcome), refused },
  };
}

/** No context knows how to take such a thing over, or only a promise gives it. */
function notTaken({ ownership }: Decided, site: Site): Decided {
  const { adopt } = site.model;
  const ofPromise = ownership.verdict === "field" ? "escapes-field" : "no-scope";
  const reason = adopt.by === "none" ? adopt.reason : isPromised(site) ? ofPromise : "no-drop-in";
  return leave(ownership, reason, leaveReasons[reason]);
}

/** `setTimeout(60_000, "late", { signal })`: whoever has the signal ends it. */
function hasSignal({ model, args, unit }: Site): boolean {
  const isTimeout = model.kind === "timer" && model.lasts === "once";
  return isTimeout && optionOf(args[model.args.options], "signal", unit).is === "set";
}

function owned(given: Case): Decided {
  const [escape] = given.uses.escapes;
  if (escape !== undefined && isReleasedAnyway(given))
    return held(isAllInFinally(given) ? "released-in-finally" : "released-on-every-path");
  return escape === undefined ? unescaped(given) : escaped(escape, given);
}

/** What was only shown to other functions is still released here, on every way out. */
function isReleasedAnyway({ site, uses, effects }: Case): boolean {
  const isShown = uses.escapes.every(
    ({ ownership: one }) => one.verdict === "unknown" && one.reason === "escapes-argument",
  );
  if (uses.releases.length === 0 || !isShown) return false;
  const shown = new Set(uses.escapes.map(({ node }) => node));
  const own = traitsOf(site).outlives ? uses.effects : effects;
  const outcome = activationOutcome(site, uses, new Map([...own].filter(([node]) => !shown.has(node))));
  return anyLeak(outcome).length === 0;
}

function anyLeak({ failure, success, abandoned }: Outcome): Leak {
  return leakOf(failure) ?? leakOf(success) ?? leakOf(abandoned) ?? [];
}

/** Others only pass the promise of the end on: their scope would be over before it settles. */
function isAsync(home: ts.Node): boolean {
  return ts.isSourceFile(home) || hasModifier(home, ts.SyntaxKind.AsyncKeyword);
}

function held(reason: HeldReason): Decided {
  return leave({ verdict: "held", reason }, reason, leaveReasons[reason]);
}

function unescaped(given: Case): Decided {
  const { site, uses } = given;
  if (isHeldByReleases(given))
    return held(isAllInFinally(given) ? "released-in-finally" : "released-on-every-path");
  if (isHookedForGood(site, uses.releases)) return held("registered-for-cleanup");
  if (site.model.lasts === "once" && uses.releases.length === 0) return inert("ends-by-itself");
  if (isDetached(site) && (uses.releases.length === 0 || uses.isUnreferenced)) return daemon("detached");
  if (isLeftBehind(uses)) return daemon("unreferenced");
  if (isPromised(site)) return promised(given);
  return localScope(given) ?? scopeAroundPromise(given) ?? beyondScope(given);
}

/** What only a promise gives cannot be taken over where it is acquired. */
function promised(given: Case): Decided {
  given.refuse("scope", "Only a promise gives it: there is no expression that a context could take over.");
  return leave({ verdict: "local", leak: anyLeak(given.outcome) }, "no-scope", leaveReasons["no-scope"]);
}

/** No function of the program can own it. */
function beyondScope(given: Case): Decided {
  if (given.site.model.endsWithProgram === true) return held("registered-for-cleanup");
  const isLeft = !traitsOf(given.site).outlives || hidesPath(given.site);
  return isLeft ? unowned(given) : childOutcome(given);
}

/** A child that nobody ends or waits for was started to go on: to send a report, say, when this program is over. */
function isLeftBehind({ isUnreferenced, releases, observed }: Uses): boolean {
  return isUnreferenced && releases.length === 0 && observed.length === 0;
}

function daemon(reason: "detached" | "unreferenced"): Decided {
  return leave({ verdict: "daemon", reason }, reason, leaveReasons[reason]);
}

/** The program itself releases it whatever happens; that it waits for the end of a child is not enough. */
function isHeldByReleases({ site, uses, outcome, effects }: Case): boolean {
  if (uses.releases.length === 0 && !hasEnds(effects, uses)) return false;
  const { success, failure, abandoned } = traitsOf(site).outlives
    ? activationOutcome(site, uses, uses.effects)
    : outcome;
  return [success, failure, abandoned].every((state) => leakOf(state) === undefined);
}

function hasEnds(effects: Effects, uses: Uses): boolean {
  return effects.size > uses.effects.size;
}

function isAllInFinally({ site, uses }: Case): boolean {
  const home = homeOf(site, uses);
  return uses.releases.some((release) => {
    const block = ts.findAncestor(
      release,
      (up) => up.parent !== undefined && ts.isTryStatement(up.parent) && up.parent.finallyBlock === up,
    );
    return block !== undefined && enclosingFunction(block) === home;
  });
}

/** Nothing in this process outlives the program: adopting it into the root context would only keep it longer. */
function unowned(given: Case): Decided {
  const { site, uses, outcome, refuse } = given;
  const { noun, outlives } = traitsOf(site);
  if (isSetAnew(given)) return inert("ends-by-itself");
  refuse(
    "root",
    outlives
      ? `Its path is hidden in an object: what the ${noun} is used for cannot be followed.`
      : `A ${noun} ends with the program: the root would only keep it longer.`,
  );
  const [observed] = uses.observed;
  if (uses.isPiped)
    return leave({ verdict: "event", observed: "pipe" }, "driven-by-pipe", leaveReasons["driven-by-pipe"]);
  const homes = new Set([homeOf(site, uses), ...uses.homes]);
  // Also in a function of this file that is given the handle.
  if (outlives || uses.releases.some((one) => homes.has(enclosingFunction(one)))) {
    const leak = leakOf(outcome.failure) ?? leakOf(outcome.success) ?? leakOf(outcome.abandoned) ?? [];
    return leave({ verdict: "local", leak }, "no-scope", leaveReasons["no-scope"]);
  }
  // A request ends with its answer, whoever listens to that.
  if (uses.releases.length === 0 && observed === undefined && site.model.kind !== "request")
    return leave(
      { verdict: "root", observed: null },
      "lives-with-program",
      leaveReasons["lives-with-program"],
    );
  const event: Ownership = { verdict: "event", observed: observed?.event ?? "callback" };
  return leave(event, "released-by-event", leaveReasons["released-by-event"]);
}

/** `clearTimeout(timer); timer = setTimeout(..)`: one at a time is waiting, and the last one fires. */
function isSetAnew({ site, uses }: Case): boolean {
  const home = homeOf(site, uses);
  return (
    site.model.lasts === "once" &&
    uses.releases.length > 0 &&
    uses.releases.every((one) => enclosingFunction(one) === home && one.end <= site.call.pos)
  );
}

function escaped(escape: Escape, given: Case): Decided {
  const { ownership } = escape;
  if (given.uses.escapes.some((one) => one.ownership.verdict === "unknown")) return leaveEscaped(ownership);
  if (isHookedForGood(given.site, given.uses.releases)) return held("registered-for-cleanup");
  const guard = mayBeOpenedHere(given.site, given.uses) ? guarded(escape, given) : notOpened(given);
  if (guard?.level === "safe") return guard;
  if (ownership.verdict === "field") {
    const owned = ownedByClass(ownership, given);
    return typeof owned.outcome === "string" ? (guard ?? owned) : owned;
  }
  if (guard !== undefined) return guard;
  return ownership.verdict === "container" ? contained(ownership, given) : leaveEscaped(ownership);
}

function notOpened({ site, refuse }: Case): undefined {
  return refuse("guard", `The ${traitsOf(site).noun} is not opened here: there is nothing to leave behind.`);
}

/** Fix F4: a collection of the module lives as long as the program, and so may what is in it. */
function contained(ownership: Ownership, given: Case): Decided {
  const { site, uses } = given;
  const isOnlyContained = uses.escapes.every(
    ({ ownership: one, node }) => one.verdict === "container" && isModuleCollection(node, site),
  );
  const ofClass = collectedByClass(ownership, given);
  if (ofClass !== undefined) return ofClass;
  if (!isOnlyContained)
    given.refuse(
      "container",
      "The collection is neither a variable of the module nor a field that only its class reads.",
    );
  else if (!traitsOf(site).outlives)
    given.refuse("container", `A ${traitsOf(site).noun} ends with the program anyway.`);
  if (!isOnlyContained || !traitsOf(site).outlives) return leaveEscaped(ownership);
  return { ...childOutcome(given), ownership };
}

/** `children.push(child)`, where `children` is a variable of the module. */
function isModuleCollection(node: ts.Node, { unit }: Site): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const collection = node.expression.expression;
  const declaration = ts.isIdentifier(collection)
    ? symbolOf(collection, unit.checker)?.declarations?.[0]
    : undefined;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    enclosingFunction(declaration) === undefined
  );
}

export function leaveEscaped(ownership: Ownership): Decided {
  const reason = "reason" in ownership ? ownership.reason : "escapes-unknown";
  const where = ownership.verdict === "unknown" ? ` (${ownership.expression})` : "";
  return leave(ownership, reason, leaveReasons[reason] + where);
}
