import { ts } from "ts-morph";
import {
  activationsOf,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isOfModule,
  isTransparent,
  symbolOf,
} from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import type { Site } from "../../analyse/acquisitions.js";
import type { HeldReason, KindTraits, Ownership } from "../../types.js";
import { argumentUse, isAskedWith, isSunk } from "./arguments.js";
import type { Elsewhere } from "../decided.js";
import { givenEscapes, holderEscapes, isReturnIgnored } from "./closures.js";
import {
  container,
  type Escape,
  field,
  isDeadEnd,
  isDeclarationName,
  isLiteralPart,
  isThisMember,
  membersOfThis,
  movedOut,
  passesOn,
  unknown,
} from "./escapes.js";
import { goesOnInPipe, isIteratedHere, listeningOf, type Observation } from "./ends.js";
import { homeOf } from "./activation.js";
import type { Effect } from "../flow/meaning.js";
import { isReadLineByLine } from "./lines.js";
import { traceListener } from "./listening.js";
import { elementUse, partUse } from "./members.js";
import { isPath, PathUses } from "./paths.js";
import { type Pipe, pipeOf } from "./pipes.js";
import { isReleaseMethod } from "./releases.js";
import { traceAcquired } from "./promised.js";
import { noteReplacements } from "./replacements.js";
import { traceReceiver } from "./receiver.js";
import { isChaining, isPromiseOfEnd, isWaitedForTogether } from "./settling.js";
import { isReleaser, partOf, takenApart } from "../summaries/parts.js";
import type { Taken, Uses } from "./traced.js";
import { traitsOf } from "../traits.js";

export type { Uses } from "./traced.js";

/** Follows the value of an acquisition through aliases, members, calls and closures. */
export function traceUses(site: Site, known: Elsewhere): Uses {
  const tracer = new Tracer(site, known);
  tracer.start();
  return tracer;
}

/** One trace; `value` is called for each expression whose value is the handle. */
export class Tracer implements Uses {
  readonly escapes: Escape[] = [];
  readonly observed: Observation[] = [];
  readonly releases: ts.Node[] = [];
  readonly effects = new Map<ts.Node, Effect>();
  readonly references: ts.Identifier[] = [];
  readonly names: ts.Identifier[] = [];
  readonly holders: ts.Identifier[] = [];
  readonly reads: ts.Node[] = [];
  held: HeldReason | null = null;
  isUnreferenced = false;
  partEscapes = false;
  isModuleVariable = false;
  readonly pipes: Pipe[] = [];
  readonly taken: Taken[] = [];
  isSplit = false;
  /** Variables that hold a function that releases it. */
  readonly releasers = new Set<ts.Symbol>();
  dependent: ts.Node | undefined = undefined;
  /** For resources whose handle is a path. */
  readonly paths: PathUses | undefined;
  readonly traits: KindTraits;
  private readonly seen = new Set<ts.Symbol>();
  private readonly takers = new Set<ts.Node>();
  private readonly lendings = new Map<ts.Node, ts.CallExpression>();
  /** The activation that acquires. */
  private readonly own: ReadonlySet<ts.Node | undefined>;
  /** It, and the functions of this file that get the handle as an argument. */
  readonly homes: Set<ts.Node | undefined>;

  constructor(
    readonly site: Site,
    readonly known: Elsewhere,
    /** How many functions of other files that get it one from another are followed. */
    readonly hops = 3,
  ) {
    this.own = new Set(activationsOf(site.call));
    this.homes = new Set(this.own);
    this.traits = traitsOf(site);
    this.paths = isPath(site) ? new PathUses(this) : undefined;
  }

  start(): void {
    const { handle, model, inferred } = this.site;
    this.effects.set(handle, { is: "acquires", joins: false });
    if (model.acquire.by === "method") return traceListener(this);
    if (inferred?.shape.is === "receiver") return traceReceiver(this);
    traceAcquired(this);
    // A promise that nobody awaits here: what it resolves with goes where `then` takes it.
    if (
      model.yields === "promise" &&
      !ts.isAwaitExpression(handle) &&
      this.names.length === 0 &&
      this.escapes.length === 0
    )
      this.escape(unknown("escapes-unknown", handle.parent), handle.parent, handle);
    for (const name of this.names) noteReplacements(this, name);
  }

  get isPiped(): boolean {
    return goesOnInPipe(this, homeOf(this.site, this));
  }

  value(node: ts.Expression): void {
    const parent = node.parent;
    if (ts.isAwaitExpression(parent) && isPromiseOfEnd(this.site)) return this.release(parent);
    if (isTransparent(parent) || ts.isAwaitExpression(parent)) return this.value(parent);
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
      return this.member(parent, parent.name.text);
    if (ts.isElementAccessExpression(parent) && parent.expression === node) return elementUse(this, parent);
    if (ts.isVariableDeclaration(parent)) return this.declared(parent);
    if (ts.isBinaryExpression(parent)) return this.binary(parent, node);
    if (ts.isConditionalExpression(parent)) return parent.condition === node ? undefined : this.value(parent);
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.expression !== node) return argumentUse(this, parent, node);
      return isReleaser(this, node) ? this.release(parent) : undefined;
    }
    if (ts.isPropertyDeclaration(parent)) return this.escape(field(parent.name.getText()), parent, node);
    if (isLiteralPart(parent)) return this.literal(parent);
    if (ts.isTemplateSpan(parent)) return this.paths?.follow(node, "same");
    if (ts.isReturnStatement(parent)) return this.returned(parent, parent, node);
    if (ts.isArrowFunction(parent) && parent.body === node) return this.returned(parent, node, node);
    if (ts.isYieldExpression(parent)) return this.escape(movedOut("escapes-yielded"), parent, node);
    if (ts.isExportAssignment(parent)) return this.escape(movedOut("escapes-exported"), parent, node);
    if (ts.isForOfStatement(parent) && parent.awaitModifier !== undefined) return this.release(parent);
    if (!isDeadEnd(parent)) this.escape(unknown("escapes-unknown", parent), parent, node);
  }

  escape(ownership: Ownership, node: ts.Node, value: ts.Node): void {
    this.escapes.push({ ownership, node, value });
    if (!this.effects.has(node)) this.effects.set(node, { is: "moves" });
  }

  release(node: ts.Node): void {
    this.releases.push(node);
    this.effects.set(node, { is: "releases", mayFail: false });
  }

  /** Every reference of a variable that holds the handle. */
  alias(name: ts.Identifier): void {
    const { unit } = this.site;
    const symbol = symbolOf(name, unit.checker);
    if (symbol === undefined) return;
    this.names.push(name);
    if (this.seen.has(symbol)) return;
    this.seen.add(symbol);
    for (const use of unit.identifiers.get(name.text) ?? []) {
      if (use === name || symbolOf(use, unit.checker) !== symbol || isDeclarationName(use)) continue;
      this.references.push(use);
      if (ts.isExportSpecifier(use.parent)) this.escape(movedOut("escapes-exported"), use, use);
      else {
        this.captured(use);
        if (ts.isShorthandPropertyAssignment(use.parent)) this.literal(use.parent);
        else this.value(use);
      }
    }
  }

  /** The handle is known as a parameter of another function of this file, which a call runs. */
  lend(parameter: ts.Identifier, call: ts.CallExpression | null = null): void {
    const home = enclosingFunction(parameter) ?? parameter.parent.parent;
    this.homes.add(home);
    if (call !== null) this.lendings.set(home, call);
    this.alias(parameter);
  }

  /** A use inside a nested function: fine in a callback, an escape when that function is handed out. */
  captured(use: ts.Identifier): void {
    for (
      let inner: FunctionNode | undefined = enclosingFunction(use);
      inner !== undefined && !this.homes.has(inner);
      inner = enclosingFunction(inner)
    ) {
      if (this.takers.has(inner)) return;
      this.takers.add(inner);
      for (const one of holderEscapes(inner, this.site.unit)) this.handed(one);
    }
  }

  /** A function that a function gives back which was lent the handle comes back to where that was called. */
  private handed({ ownership, node, value }: Escape): void {
    const home = enclosingFunction(node);
    const call = home === undefined ? undefined : this.lendings.get(home);
    const isGiven = ownership.verdict === "moved-out" && ownership.reason === "escapes-returned";
    if (call === undefined || !isGiven) return this.escape(ownership, node, value);
    for (const one of givenEscapes(call, this.site.unit)) this.escape(one.ownership, one.node, one.value);
  }

  private member(access: ts.PropertyAccessExpression, name: string): void {
    const call = access.parent;
    if (!ts.isCallExpression(call) || call.expression !== access)
      return partOf(this.site, name) === undefined ? partUse(this, access) : this.value(access);
    if (this.paths !== undefined) return this.paths.follow(access.expression, "same");
    if (isReleaseMethod(this.site, name)) return this.release(call);
    if (isPromiseOfEnd(this.site) && isChaining(name)) return this.chained(call);
    if (this.traits.parts.includes(name) && !isIteratedHere(call)) this.dependent ??= call;
    if (name === "unref") this.isUnreferenced = true;
    if (name === "pipe") this.pipes.push(pipeOf(call, this.site.unit));
    if (!this.traits.fluent.includes(name) && !this.site.model.ends.includes(name)) return;
    this.observed.push(...listeningOf(call, name, this.site.model.ends));
    if (!ts.isExpressionStatement(call.parent)) this.value(call);
  }

  /** `execa("tsc").then(..)` settles when the child has ended. */
  private chained(call: ts.CallExpression): void {
    this.observed.push({ event: "end", call });
    if (!ts.isExpressionStatement(call.parent)) this.value(call);
  }

  private declared(node: ts.VariableDeclaration): void {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Using) === ts.NodeFlags.Using)
      this.held = "released-by-using";
    const statement = node.parent.parent;
    if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword))
      this.escape(movedOut("escapes-exported"), node, node);
    if (ts.isIdentifier(node.name)) this.bound(node.name);
    else takenApart(this, node.name);
  }

  bound(name: ts.Identifier): void {
    const declaration = symbolOf(name, this.site.unit.checker)?.declarations?.[0];
    if (declaration !== undefined && isOfModule(declaration)) this.isModuleVariable = true;
    this.alias(name);
  }

  private binary(parent: ts.BinaryExpression, node: ts.Expression): void {
    const operator = parent.operatorToken.kind;
    if (isAssignment(operator)) return parent.right === node ? this.assigned(parent, node) : undefined;
    if (operator === ts.SyntaxKind.PlusToken) return this.paths?.follow(node, "same");
    if (passesOn(parent, node)) this.value(parent);
  }

  private assigned(parent: ts.BinaryExpression, node: ts.Expression): void {
    const { left } = parent;
    if (ts.isIdentifier(left)) this.bound(left);
    else if (isThisMember(left)) this.stored(left, parent, node);
    else if (/^(module\.)?exports\b/.test(left.getText()))
      this.escape(movedOut("escapes-exported"), parent, node);
    else if (ts.isElementAccessExpression(left) || ts.isPropertyAccessExpression(left))
      this.escape(container(left.expression), parent, node);
    else this.escape(unknown("escapes-unknown", left), parent, node);
    if (!ts.isExpressionStatement(parent.parent)) this.value(parent);
  }

  private stored(target: ts.PropertyAccessExpression, parent: ts.Node, node: ts.Expression): void {
    this.escape(field(target.name.text), parent, node);
    const body = enclosingFunction(parent)?.body;
    const all = body === undefined ? [] : membersOfThis(body, target.name.text);
    this.reads.push(...all.filter((one) => one !== target));
  }

  /** The handle is put into an object or array literal: what happens to the literal happens to it. */
  private literal(part: ts.Node): void {
    if (this.paths !== undefined) return this.paths.literal(part, "same");
    const holder = ts.isArrayLiteralExpression(part) ? part : part.parent;
    if (isSunk(this, holder)) return this.release(holder.parent);
    if (isAskedWith(this, holder) || isReadLineByLine(part, this, this.site.unit)) return;
    if (isPromiseOfEnd(this.site) && isWaitedForTogether(holder)) return this.value(holder.parent);
    for (const { ownership, node, value } of holderEscapes(holder, this.site.unit))
      this.escape(ownership, node, value);
  }

  private returned(by: ts.Node, node: ts.Node, value: ts.Expression): void {
    const home = ts.isArrowFunction(by) ? by : enclosingFunction(by);
    if (home === undefined || isReturnIgnored(home)) return;
    if (this.own.has(home)) this.escape(movedOut("escapes-returned"), node, value);
    else if (this.homes.has(home)) this.escape(unknown("escapes-argument", home), node, value);
    else {
      const escapes = holderEscapes(home, this.site.unit);
      if (escapes.length === 0) this.escape(unknown("escapes-closure", home), node, value);
      for (const one of escapes) this.escape(one.ownership, one.node, one.value);
    }
  }

  origin(expression: ts.Expression): string {
    const origin = originOf(expression, this.site.unit, this.known.exportsOf);
    return origin === undefined ? "" : `${origin.module}#${origin.path.join(".")}`;
  }
}
