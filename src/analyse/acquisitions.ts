import { createHash } from "node:crypto";
import { ts } from "ts-morph";
import { type CatalogueIndex, pathKey } from "../catalogue/indexed.js";
import type { Acquisition, ResourceModel } from "../types.js";
import { type Inferred, type InferredLookup, nothingInferred } from "./inferred.js";
import { listeningsOf } from "./listeners.js";
import { isTransparent, symbolPath, unwrap, outermost } from "./nodes.js";
import { type ExportLookup, type Origin, originOf } from "./origins.js";
import type { Unit } from "./unit.js";

/** What brings a resource to life. */
export type Creation = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** An acquisition together with its AST node: never leaves analyse/ and ownership/. */
export interface Site {
  readonly acquisition: Acquisition;
  readonly model: ResourceModel;
  readonly call: Creation;
  /** What is called, constructed or used as a tag. */
  readonly callee: ts.Expression;
  /** `new Server` may do without the parentheses. */
  readonly args: readonly ts.Expression[];
  /** The expression whose value is the resource: the call, or the `await` around it. */
  readonly handle: ts.Expression;
  readonly origin: Origin;
  /** What is known about the function of the project that is called; null for a catalogued one. */
  readonly inferred: Inferred | null;
  readonly unit: Unit;
}

export function modelOf(origin: Origin, { byPath }: CatalogueIndex): ResourceModel | undefined {
  return byPath.get(pathKey(origin.module, origin.path));
}

/** Every call in the file that acquires a resource, through a function of the project too, in source order. */
export function findAcquisitions(
  unit: Unit,
  exportsOf: ExportLookup,
  inferredOf: InferredLookup = nothingInferred,
): readonly Site[] {
  const seen = new Map<string, number>();
  return [...unit.calls, ...unit.constructions, ...unit.tags]
    .flatMap((call): readonly Bare[] => {
      const callee = calleeOf(call);
      const origin = originOf(callee, unit, exportsOf);
      if (origin === undefined) return [];
      const catalogued = modelOf(origin, unit.catalogue);
      const inferred = catalogued === undefined ? (inferredOf(origin) ?? null) : null;
      const model = catalogued ?? inferred?.model;
      if (model === undefined || !fits(call, model)) return [];
      const isHeld = inferred?.shape.is === "receiver";
      // What a method of the instance itself begins is for that method to say.
      if (isHeld && receiverOf(callee) === undefined) return [];
      const handle = isHeld ? awaited(call) : handleOf(call, model);
      return [{ call, callee, args: argumentsOf(call), handle, origin, model, inferred, unit }];
    })
    .concat(listeners(unit))
    .sort((a, b) => a.call.end - b.call.end)
    .map((site) => ({ ...site, acquisition: describe(site, seen) }));
}

/** They are known by what takes them back, and not by where they come from. */
function listeners(unit: Unit): readonly Bare[] {
  return listeningsOf(unit).map(({ call, callee, model }) => ({
    call,
    callee,
    args: call.arguments,
    handle: call,
    origin: { module: "globalThis", path: [], promisified: false, isPassedOn: false },
    model,
    inferred: null,
    unit,
  }));
}

/** What has the resource from then on: `server` in `server.listen(port)`, `this.server` in `this.server.listen(port)`. */
export function receiverOf(callee: ts.Expression): ts.Identifier | ts.PropertyAccessExpression | undefined {
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = unwrap(callee.expression);
  if (ts.isIdentifier(receiver)) return receiver;
  const isField =
    ts.isPropertyAccessExpression(receiver) && receiver.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isField ? receiver : undefined;
}

/** The call, or the `await` around it. */
function awaited(call: ts.Expression): ts.Expression {
  const node = outermost(call);
  return ts.isAwaitExpression(node.parent) ? node.parent : call;
}

/** In ``execa({ cwd })`ls` `` the call of the tag only sets options. */
function calleeOf(call: Creation): ts.Expression {
  if (!ts.isTaggedTemplateExpression(call)) return call.expression;
  return ts.isCallExpression(call.tag) ? call.tag.expression : call.tag;
}

function argumentsOf(call: Creation): readonly ts.Expression[] {
  if (!ts.isTaggedTemplateExpression(call)) return call.arguments ?? [];
  return ts.isCallExpression(call.tag) ? call.tag.arguments : [];
}

function handleOf(call: Creation, model: ResourceModel): ts.Expression {
  const made = madeBy(call, model);
  return model.kind === "temp-dir" ? respelt(made) : made;
}

/** `await realpath(await mkdtemp(..))`: the spelling that the program goes on with is the one to hold. */
function respelt(made: ts.Expression): ts.Expression {
  const node = outermost(made);
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return made;
  if (!/(^|\.)realpath(Sync)?(\.native)?$/.test(call.expression.getText())) return made;
  if (!/Sync(\.native)?$/.test(call.expression.getText()))
    return ts.isAwaitExpression(call.parent) ? call.parent : made;
  return call;
}

function madeBy(call: Creation, { yields }: ResourceModel): ts.Expression {
  if (yields !== "promise") return call;
  let node: ts.Expression = call;
  for (;;) {
    const { parent } = node;
    if (isTransparent(parent)) node = parent;
    else if (isSettling(parent) && ts.isCallExpression(parent.parent)) node = parent.parent;
    else return ts.isAwaitExpression(parent) ? parent : call;
  }
}

/** `open(path).catch(..)` still gives the handle, or what the callback makes of the error. */
function isSettling(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && /^(catch|finally)$/.test(node.name.text);
}

function fits(call: Creation, { acquire, lasts }: ResourceModel): boolean {
  if (ts.isTaggedTemplateExpression(call)) return lasts === "settled";
  // `execa({ cwd })` gives a function.
  const [first] = call.arguments ?? [];
  if (lasts === "settled" && first !== undefined && ts.isObjectLiteralExpression(first)) return false;
  return acquire.by === "either" || (acquire.by === "construct") === ts.isNewExpression(call);
}

type Bare = Omit<Site, "acquisition">;

function describe({ call, model, unit }: Bare, seen: Map<string, number>): Acquisition {
  const span = { start: call.getStart(unit.source), end: call.end };
  const from = unit.source.getLineAndCharacterOfPosition(span.start);
  const to = unit.source.getLineAndCharacterOfPosition(span.end);
  const symbol = symbolPath(call);
  return {
    api: model.id,
    kind: model.kind,
    span,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
    symbol,
    fingerprint: fingerprint(`${model.id}\n${symbol}\n${normalise(call.getText(unit.source))}`, seen),
    boundTo: boundName(call),
  };
}

/** Layout does not count: reformatting the call must not make it a new site. */
function normalise(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s*([(){}[\],;:=>])\s*/g, "$1")
    .replace(/,([)\]}])/g, "$1");
}

function fingerprint(identity: string, seen: Map<string, number>): string {
  const ordinal = (seen.get(identity) ?? 0) + 1;
  seen.set(identity, ordinal);
  return createHash("sha256").update(`${identity}\n${ordinal}`).digest("hex").slice(0, 16);
}

function boundName(call: Creation): string | null {
  const declaration = ts.findAncestor(call, ts.isVariableDeclaration);
  if (declaration?.initializer === undefined || unwrap(declaration.initializer) !== call) return null;
  return ts.isIdentifier(declaration.name) ? declaration.name.text : null;
}
