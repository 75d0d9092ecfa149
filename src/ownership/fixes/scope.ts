import { ts } from "ts-morph";
import { freeName } from "../../analyse/facts.js";
import {
  enclosingFunction,
  hasModifier,
  isFunction,
  isTransparent,
  symbolOf,
  isInside,
} from "../../analyse/nodes.js";
import type { Site } from "../../analyse/acquisitions.js";
import type { Scope } from "../../types.js";
import type { Surroundings } from "../decided.js";
import { homeOf } from "../uses/activation.js";
import type { Uses } from "../uses/uses.js";
import { verbatimSpans } from "./verbatim.js";
import { usesOf } from "../../analyse/uses-of.js";

/** The statements of a block from the acquiring one on: as long as any name of the handle can be used. */
export interface Region {
  readonly block: ts.Block;
  readonly statements: readonly ts.Statement[];
  readonly waits: boolean;
}

/** Undefined where no scope can be: no function, a variable of an outer function. */
export function regionOf(site: Site, uses: Uses): Region | undefined {
  const home = homeOf(site, uses);
  if (uses.isModuleVariable) return undefined;
  const block = outermost([
    ts.findAncestor(site.call, (up): up is ts.Block => ts.isBlock(up) && enclosingFunction(up) === home),
    ...[...uses.names, ...uses.holders].map((name) => declaringBlock(name, home, site)),
  ]);
  if (block === undefined || enclosingFunction(block) !== home) return undefined;
  const acquiring = ts.findAncestor(site.call, (up) => up.parent === block);
  const at = block.statements.findIndex((one) => one === acquiring);
  if (at === -1) return undefined;
  // A block of the module itself can wait where its code does.
  const waits =
    home === undefined ? ts.isAwaitExpression(site.handle) : hasModifier(home, ts.SyntaxKind.AsyncKeyword);
  return { block, statements: block.statements.slice(at), waits };
}

/** The sentence for people when there is no region. */
export function whyNoRegion(site: Site, uses: Uses): string {
  const home = homeOf(site, uses);
  if (home === undefined) return "It is acquired outside of any function, and no block is around it.";
  if (uses.isModuleVariable) return "A variable of the module holds it.";
  return "A variable of an outer function holds it, or the function has no block to put a scope into.";
}

function nearestBlock(node: ts.Node): ts.Block | undefined {
  return ts.findAncestor(node.parent, ts.isBlock);
}

/** "elsewhere" ends the search: a variable of an outer function outlives every scope in here. */
type Place = ts.Block | "elsewhere" | "lent" | undefined;

function declaringBlock(name: ts.Identifier, home: ts.Node | undefined, { unit }: Site): Place {
  const declaration = symbolOf(name, unit.checker)?.declarations?.[0];
  if (declaration === undefined) return "elsewhere";
  const owner = enclosingFunction(declaration);
  if (ts.isParameter(declaration)) return owner === home ? "elsewhere" : "lent";
  if (owner === home) return nearestBlock(declaration);
  return home === undefined || isInside(declaration, home) ? "lent" : "elsewhere";
}

function outermost(places: readonly Place[]): ts.Block | undefined {
  let widest: ts.Block | undefined;
  for (const place of places) {
    if (place === "elsewhere" || place === undefined) return undefined;
    if (place !== "lent" && (widest === undefined || place.pos < widest.pos)) widest = place;
  }
  return widest;
}

/** Undefined when the text cannot take a scope there. */
export function scopeOver(region: Region, { site, uses, around }: ScopeRequest): Scope | undefined {
  const { unit } = site;
  const [start] = region.statements;
  if (start === undefined || (around.syntax === "try-finally" && isUsedFromAbove(region, site)))
    return undefined;
  const awaits = region.waits ? returnsToAwait(region, workOn(site, uses)) : [];
  if (awaits === undefined) return undefined;
  const before = start.getStart(unit.source);
  const inside = unit.text.slice(0, region.block.end - 1).trimEnd();
  return {
    block: { start: region.block.getStart(unit.source), end: region.block.end },
    before,
    until: inside.length,
    syntax: around.syntax,
    waits: region.waits,
    contextName: freeName(around.contextName, unit),
    awaits,
    arrow: null,
    caught: caughtBy(region, around),
    verbatim: verbatimSpans(unit, { start: before, end: inside.length }),
  };
}

/** A `try` around the whole scope that has no `finally` yet, as a statement of a block. */
function caughtBy({ block }: Region, { syntax }: Surroundings): Scope["caught"] {
  const { parent } = block;
  if (syntax === "using" || !ts.isTryStatement(parent) || parent.tryBlock !== block) return null;
  if (parent.finallyBlock !== undefined || !ts.isBlock(parent.parent)) return null;
  const home = parent.parent;
  return {
    statement: { start: parent.getStart(), end: parent.end },
    home: { start: home.getStart(), end: home.end },
  };
}

/** The body of an async arrow function that is an expression; markup stays what it is. */
export function arrowBodyOf(site: Site, uses: Uses): ts.Expression | undefined {
  const home = enclosingFunction(site.call);
  if (home === undefined || !ts.isArrowFunction(home) || ts.isBlock(home.body)) return undefined;
  if (!hasModifier(home, ts.SyntaxKind.AsyncKeyword) || uses.isModuleVariable) return undefined;
  const isOwn = [...uses.names, ...uses.holders].every((name) => declaringBlock(name, home, site) === "lent");
  return isOwn && !isMarkup(home.body) ? home.body : undefined;
}

function isMarkup(body: ts.Expression): boolean {
  let node = body;
  while (isTransparent(node)) node = node.expression;
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}

/** The same for an expression: it becomes a block that returns it. */
export function scopeInArrow(body: ts.Expression, { site, uses, around }: ScopeRequest): Scope {
  const { unit } = site;
  const block = { start: body.getStart(unit.source), end: body.end };
  const between = unit.text.slice(body.pos, block.start);
  // Behind a comment the block begins where the expression did.
  const space = between.trim() === "" ? between.length : 0;
  const isWaitedFor = !needsAwait(body, workOn(site, uses));
  return {
    block,
    before: block.start,
    until: block.end,
    syntax: around.syntax,
    waits: true,
    contextName: freeName(around.contextName, unit),
    awaits: [],
    arrow: {
      gap: { start: block.start - space, end: block.start },
      returns: isWaitedFor ? "as-is" : needsParens(body) ? "await-parens" : "await",
    },
    caught: null,
    verbatim: verbatimSpans(unit, block),
  };
}

export interface ScopeRequest {
  readonly site: Site;
  readonly uses: Uses;
  readonly around: Surroundings;
}

/** In the long form the region becomes a block of its own: what code above it refers to must stay outside. */
function isUsedFromAbove({ block, statements }: Region, { unit }: Site): boolean {
  const [start] = statements;
  if (start === undefined || statements.some((one) => ts.isFunctionDeclaration(one))) return true;
  const names = statements.flatMap((one) => declaredNames(one));
  return names.some((name) => {
    const symbol = symbolOf(name, unit.checker);
    const uses = unit.identifiers.get(name.text) ?? [];
    return uses.some(
      (use) => use.pos >= block.pos && use.end <= start.pos && symbolOf(use, unit.checker) === symbol,
    );
  });
}

function declaredNames(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isClassDeclaration(statement)) return statement.name === undefined ? [] : [statement.name];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
}

function boundNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? boundNames(one.name) : []));
}

type Await = Scope["awaits"][number];

/** The returned expressions that use the resource un-awaited; undefined when one sits inside a try. */
function returnsToAwait(region: Region, work: Work): readonly Await[] | undefined {
  const found: Await[] = [];
  for (const node of returnsIn(region.statements)) {
    const expression = node.expression;
    if (expression === undefined || !needsAwait(expression, work)) continue;
    if (isInsideTry(node, region.block)) return undefined;
    found.push({
      span: { start: expression.getStart(), end: expression.end },
      parens: needsParens(expression),
    });
  }
  return found;
}

export function returnsIn(statements: readonly ts.Node[]): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  return found;
}

interface Work {
  /** Where the resource is used, under a name or right where it is acquired. */
  readonly used: readonly ts.Expression[];
  /** Where something is used that was begun with it and not waited for. */
  readonly begun: readonly ts.Expression[];
}

function workOn(site: Site, uses: Uses): Work {
  const used = [site.handle, ...uses.references];
  return { used, begun: used.flatMap((one) => begunWith(one, site)) };
}

/** `const all = handle.readFile(); return all;`: every use of `all`. */
function begunWith(use: ts.Expression, { unit }: Site): readonly ts.Identifier[] {
  let node: ts.Node = use;
  while (isTransparent(node.parent) || ts.isAwaitExpression(node.parent)) node = node.parent;
  let isCalled = false;
  for (
    let up = node.parent;
    isMemberOf(up, node) || isCallOf(up, node) || isTransparent(up);
    up = node.parent
  ) {
    isCalled ||= isCallOf(up, node);
    node = up;
  }
  const { parent } = node;
  if (!isCalled || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [];
  const { name } = parent;
  return usesOf(name, unit);
}

function isMemberOf(up: ts.Node, node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(up) && up.expression === node;
}

function isCallOf(up: ts.Node, node: ts.Node): boolean {
  return ts.isCallExpression(up) && up.expression === node;
}

function needsAwait(expression: ts.Expression, { used, begun }: Work): boolean {
  let node = expression;
  while (isTransparent(node)) node = node.expression;
  if (ts.isIdentifier(node)) return begun.includes(node);
  if (
    !ts.isCallExpression(node) &&
    !ts.isNewExpression(node) &&
    !ts.isConditionalExpression(node) &&
    !ts.isBinaryExpression(node)
  )
    return false;
  return [...used, ...begun].some((one) => one.pos >= node.pos && one.end <= node.end);
}

function needsParens(node: ts.Expression): boolean {
  return (
    ts.isConditionalExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isYieldExpression(node)
  );
}

function isInsideTry(node: ts.Node, block: ts.Node): boolean {
  const home = enclosingFunction(block);
  return ts.findAncestor(node, (up) => (up === home ? "quit" : ts.isTryStatement(up))) !== undefined;
}
