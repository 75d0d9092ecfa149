import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { definitionPath } from "../../analyse/definitions.js";
import type { Inferred, Shape } from "../../analyse/inferred.js";
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunction,
  isNothing,
  unwrap,
} from "../../analyse/nodes.js";
import type { Elsewhere } from "../decided.js";
import { isDetached } from "../child-process.js";
import { activationOutcome } from "../flow/index.js";
import { isRegistered } from "../uses/releases.js";
import { traceUses, type Uses } from "../uses/uses.js";
import { adoptedCall } from "./adopted.js";
import { isSole } from "./mixed.js";
import { inferredFrom } from "./model.js";
import { isReturnedBy, promiseAround } from "./promises.js";
import { sameShape, shapeOf } from "./shapes.js";

export interface Found {
  readonly path: readonly string[];
  readonly inferred: Inferred;
}

/** `RETURNS_OWNED`: the function hands out what it acquires, and nothing else, and nobody else has it. */
export function returnedBy(home: FunctionNode, sites: readonly Site[], known: Elsewhere): Found | undefined {
  const path = definitionPath(home);
  if (path === undefined || home.asteriskToken !== undefined) return undefined;
  const handed = sites.flatMap((site) => handedOut(site, { home, sites, known }) ?? []);
  const [first, ...others] = handed;
  if (first === undefined || others.some((one) => !isAlike(one, first))) return undefined;
  const exits = exitsOf(home, new Set(handed.flatMap((one) => one.promise ?? [])));
  const covered = new Set(handed.flatMap((one) => one.nodes));
  const rest = exits.filter((one) => !covered.has(one.node));
  if (!rest.every((one) => one.value === undefined || isNothing(one.value))) return undefined;
  const { site, shape } = first;
  const isAsync = hasModifier(home, ts.SyntaxKind.AsyncKeyword) || first.promise !== null;
  const isPromise = isAsync || (site.model.yields === "promise" && !ts.isAwaitExpression(site.handle));
  return {
    path,
    inferred: inferredFrom({ site, shape, path, by: "call", isPromise, isNullable: rest.length > 0 }),
  };
}

interface Handed {
  readonly site: Site;
  readonly shape: Shape;
  /** The `return` statements, arrow bodies and `resolve(..)` calls that hand it out. */
  readonly nodes: readonly ts.Node[];
  readonly promise: ts.NewExpression | null;
}

function isAlike(a: Handed, b: Handed): boolean {
  return (
    a.site.model.kind === b.site.model.kind &&
    a.site.model.adopt.by === b.site.model.adopt.by &&
    sameShape(a.shape, b.shape)
  );
}

interface Around {
  readonly home: FunctionNode;
  readonly sites: readonly Site[];
  readonly known: Elsewhere;
}

function handedOut(given: Site, { home, sites, known }: Around): Handed | undefined {
  const { model, origin } = given;
  if (model.kind === "file-write" || model.lasts !== "open" || origin.promisified) return undefined;
  if (model.yields === "passed" || model.yields === "nothing" || isDetached(given)) return undefined;
  // What a guard has adopted and let go of again is handed out as well.
  const site = adoptedCall(given, known) ?? given;
  const uses = traceUses(site, known);
  if (isKept(uses) || !isSole(site, uses, sites)) return undefined;
  const promises = uses.escapes.map(({ node, ownership }) =>
    ownership.verdict === "moved-out" && ownership.reason === "escapes-resolved" ? promiseAround(node) : null,
  );
  const isHandedOut = uses.escapes.every(({ ownership, node }, i) => {
    if (ownership.verdict !== "moved-out") return false;
    const promise = promises[i];
    if (promise !== null) return promise !== undefined && isReturnedBy(home, promise);
    return ownership.reason === "escapes-returned" && enclosingFunction(node) === home;
  });
  if (!isHandedOut) return undefined;
  const [promise = null] = promises;
  if (promise === null && !isMoved(site, uses, home)) return undefined;
  const shape = shapeOf(site, uses);
  return shape === undefined
    ? undefined
    : { site, shape, nodes: uses.escapes.map((one) => one.node), promise };
}

/** Somebody else has it, or it is meant to stay. */
function isKept(uses: Uses): boolean {
  return (
    uses.escapes.length === 0 ||
    uses.held !== null ||
    uses.isUnreferenced ||
    uses.isModuleVariable ||
    uses.isPiped ||
    uses.releases.some((one) => isRegistered(one) || isOnAbort(one))
  );
}

/** `signal.addEventListener("abort", () => child.kill())`: whoever has the signal is the owner. */
function isOnAbort(release: ts.Node): boolean {
  const call = enclosingFunction(release)?.parent;
  if (call === undefined || !ts.isCallExpression(call)) return false;
  const [event] = call.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && event.text === "abort";
}

/** Some success hands it out alive. */
function isMoved(site: Site, uses: Uses, { body }: FunctionNode): boolean {
  const { success } = activationOutcome(site, uses, uses.effects);
  // The body of an arrow function acquires and hands over in one.
  const isOne = body !== undefined && !ts.isBlock(body);
  return [...success.values()].some(({ status }) => status === "moved" || (isOne && status === "live"));
}

interface Exit {
  readonly node: ts.Node;
  readonly value: ts.Expression | undefined;
}

/** Every way to give a value back: `return`, the body of an arrow function, `resolve(..)`. */
function exitsOf(home: FunctionNode, promises: ReadonlySet<ts.NewExpression>): readonly Exit[] {
  const { body } = home;
  if (body === undefined) return [];
  const resolved = [...promises].flatMap(resolveCalls);
  if (!ts.isBlock(body)) return promises.size > 0 ? resolved : [{ node: body, value: body }];
  const returned = returnsIn(body).filter(
    ({ value }) => value === undefined || ![...promises].some((one) => unwrap(value) === one),
  );
  return [...returned, ...resolved];
}

function returnsIn(body: ts.Node): readonly Exit[] {
  const found: Exit[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push({ node, value: node.expression });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function resolveCalls(promise: ts.NewExpression): readonly Exit[] {
  const [executor] = promise.arguments ?? [];
  const resolve =
    executor !== undefined && isFunction(executor) ? executor.parameters[0]?.name.getText() : "";
  const found: Exit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === resolve)
      found.push({ node, value: node.arguments[0] });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(promise, visit);
  return found;
}
