import { ts } from "ts-morph";
import {
  enclosingFunction,
  type FunctionNode,
  isFunction,
  symbolOf,
  isInside,
  isNewPromise,
} from "../../analyse/nodes.js";
import type { Leak, Step } from "../../types.js";
import { calledFunction } from "../uses/arguments.js";
import type { Decided } from "../decided.js";
import { isInListener, isInListenerOfOthers } from "../uses/ends.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { noRoom } from "./local.js";
import { type Region, scopeOver } from "./scope.js";
import { traitsOf } from "../traits.js";
import { isChildOptionSet } from "../child-process.js";
import { takingWhole } from "./whole-file.js";
import { usesOf } from "../../analyse/uses-of.js";
import { awaitedRegion } from "./awaited-region.js";

/** The executor of a promise that acquires, and what settles that promise. */
interface Executor {
  readonly promise: ts.NewExpression;
  readonly body: FunctionNode;
  readonly resolves: readonly ts.Identifier[];
  readonly rejects: readonly ts.Identifier[];
}

/** Fix F5: the promise rejects and forgets the resource; the async function that waits for it is its owner. */
export function scopeAroundPromise(given: Case): Decided | undefined {
  const { site, uses, around } = given;
  const forgotten = forgottenBy(given);
  if (forgotten === undefined || !around.scopes || uses.partEscapes) return undefined;
  if (uses.pipes.some(({ promise }) => promise !== forgotten.executor.promise)) return undefined;
  const region = regionAround(forgotten.executor, given);
  if (region === undefined)
    return given.refuse("scope", "No async function around the promise waits for it: nobody to own it.");
  const scope = scopeOver(region, { site, uses, around });
  if (scope === undefined) return given.refuse("scope", noRoom);
  const leak = leakTo(forgotten.reject, given);
  return {
    ownership: { verdict: "local", leak },
    level: uses.pipes.length > 0 ? "likely" : "safe",
    outcome: { by: "scope", handle: handleOf(site), method: takingWhole(given), scope },
    message: `The promise rejects on line ${String(leak.at(-1)?.line)} and leaves the ${traitsOf(site).noun} behind.`,
  };
}

/** The path on which the promise rejects while the resource is still there; undefined when there is none. */
export function rejectLeak(given: Case): Leak | undefined {
  const forgotten = forgottenBy(given);
  return forgotten === undefined ? undefined : leakTo(forgotten.reject, given);
}

interface Forgotten {
  readonly executor: Executor;
  readonly reject: ts.Identifier;
}

/** A promise that resolves only when the resource has ended or is released, and has a branch that rejects without that. */
function forgottenBy(given: Case): Forgotten | undefined {
  const executor = executorAround(given);
  // A timeout that rejects has fired: that is its end.
  if (given.site.model.lasts === "once") return undefined;
  if (executor === undefined || executor.resolves.length === 0) return undefined;
  const { uses } = given;
  // A promise that waits for the pipe resolves when all has gone through.
  const isPiped = uses.pipes.length > 0;
  if (!isPiped && !executor.resolves.every((one) => isOver(one, executor, given))) return undefined;
  const reject = executor.rejects.find((one) =>
    isPiped
      ? isInListenerOfOthers(one, executor.body, uses)
      : enclosingFunction(one) !== executor.body && !isOver(one, executor, given),
  );
  if (reject === undefined || (isStopped(reject) && isChildOptionSet(given.site, ["signal", "timeout"])))
    return undefined;
  return { executor, reject };
}

function executorAround({ site }: Case): Executor | undefined {
  const body = enclosingFunction(site.call);
  const promise = body?.parent;
  if (body === undefined || promise === undefined || !isNewPromise(promise)) return undefined;
  if (promise.arguments?.[0] !== body) return undefined;
  const named = (index: number): readonly ts.Identifier[] => {
    const name = body.parameters[index]?.name;
    return name === undefined || !ts.isIdentifier(name) ? [] : usesOf(name, site.unit);
  };
  return { promise, body, resolves: named(0), rejects: named(1) };
}

/** It settles in a listener of the end, or what settles it releases the resource as well. */
function isOver(settle: ts.Identifier, { body }: Executor, given: Case): boolean {
  const { uses, site } = given;
  // In the callback of a timeout: it has fired.
  if (site.model.lasts === "once" && isInside(settle, site.call)) return true;
  if (isInListener(settle, body, [...site.model.ends, "error"])) return true;
  for (let inner = enclosingFunction(settle); inner !== undefined && inner !== body;) {
    if (releasesIn(inner, given)) return true;
    inner = enclosingFunction(inner);
  }
  return uses.releases.some((one) => enclosingFunction(one) === enclosingFunction(settle));
}

/** In the function, or in one of this file that it calls. */
function releasesIn(body: FunctionNode, { uses, site }: Case): boolean {
  if (uses.releases.some((one) => isInside(one, body))) return true;
  return site.unit.calls
    .filter((call) => isInside(call, body))
    .some((call) => {
      const called = calledFunction({ site }, call.expression);
      return called !== undefined && uses.releases.some((one) => isInside(one, called));
    });
}

/** In a timer or a listener of an abort signal, which the options of the child may know as well. */
function isStopped(reject: ts.Identifier): boolean {
  const inner = enclosingFunction(reject);
  const call = inner === undefined ? reject.parent : inner.parent;
  return (
    ts.isCallExpression(call) && /\b(setTimeout|addEventListener|on|once)$/.test(call.expression.getText())
  );
}

/** Of the function that waits for the promise; nothing outside of the executor names the resource. */
function regionAround({ promise, body }: Executor, { site, uses }: Case): Region | undefined {
  const isOwn = uses.names.every((name) => {
    const declaration = symbolOf(name, site.unit.checker)?.declarations?.[0];
    return declaration !== undefined && isInside(declaration, body);
  });
  return isOwn ? awaitedRegion(promise, promise) : undefined;
}

function leakTo(reject: ts.Identifier, { site: { unit, call } }: Case): Leak {
  const step = (node: ts.Node, does: Step["does"]): Step => {
    const text = node.getText(unit.source).replace(/\s+/g, " ");
    return {
      line: unit.source.getLineAndCharacterOfPosition(node.getStart(unit.source)).line + 1,
      does,
      text: text.length > 80 ? `${text.slice(0, 77)}...` : text,
    };
  };
  const inner = enclosingFunction(reject);
  const branch =
    inner !== undefined && isFunction(inner) ? (ts.findAncestor(reject, ts.isStatement) ?? reject) : reject;
  return [step(call, "acquires"), step(branch, "rejects")];
}
