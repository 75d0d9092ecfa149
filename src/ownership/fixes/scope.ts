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
import type { Uses } from "../uses/uses.js";
import { verbatimSpans } from "./verbatim.js";

/** The statements of a block from the acquiring one on: as long as any name of the handle can be used. */
export interface Region {
  readonly block: ts.Block;
  readonly statements: readonly ts.Statement[];
  readonly waits: boolean;
}

/** Undefined where no scope can be: no function, a generator, an expression body, a variable of an outer function. */
export function regionOf(site: Site, uses: Uses): Region | undefined {
  const home = enclosingFunction(site.call);
  if (home === undefined || home.asteriskToken !== undefined || uses.isModuleVariable) return undefined;
  const block = outermost([
    nearestBlock(site.call),
    ...[...uses.names, ...uses.holders].map((name) => declaringBlock(name, home, site)),
  ]);
  if (block === undefined || enclosingFunction(block) !== home) return undefined;
  const acquiring = ts.findAncestor(site.call, (up) => up.parent === block);
  const at = block.statements.findIndex((one) => one === acquiring);
  if (at === -1) return undefined;
  const waits = hasModifier(home, ts.SyntaxKind.AsyncKeyword);
  return { block, statements: block.statements.slice(at), waits };
}

/** The sentence for people when there is no region. */
export function whyNoRegion(site: Site, uses: Uses): string {
  const home = enclosingFunction(site.call);
  if (home === undefined) return "It is acquired outside of any function.";
  if (home.asteriskToken !== undefined) return "A generator that is abandoned never gets to its end.";
  if (uses.isModuleVariable) return "A variable of the module holds it.";
  return "A variable of an outer function holds it, or the function has no block to put a scope into.";
}

function nearestBlock(node: ts.Node): ts.Block | undefined {
  return ts.findAncestor(node.parent, ts.isBlock);
}

/** "elsewhere" ends the search: a variable of an outer function outlives every scope in here. */
type Place = ts.Block | "elsewhere" | "lent" | undefined;

function declaringBlock(name: ts.Identifier, home: ts.Node, { unit }: Site): Place {
  const declaration = symbolOf(name, unit.checker)?.declarations?.[0];
  if (declaration === undefined) return "elsewhere";
  const owner = enclosingFunction(declaration);
  if (ts.isParameter(declaration)) return owner === home ? "elsewhere" : "lent";
  if (owner === home) return nearestBlock(declaration);
  return isInside(declaration, home) ? "lent" : "elsewhere";
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
  const awaits = region.waits ? returnsToAwait(region, uses) : [];
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
    verbatim: verbatimSpans(unit, { start: before, end: inside.length }),
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
function returnsToAwait(region: Region, uses: Uses): readonly Await[] | undefined {
  const found: Await[] = [];
  for (const node of returnsIn(region.statements)) {
    const expression = node.expression;
    if (expression === undefined || !needsAwait(expression, uses)) continue;
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

function needsAwait(expression: ts.Expression, uses: Uses): boolean {
  let node = expression;
  while (isTransparent(node)) node = node.expression;
  if (
    !ts.isCallExpression(node) &&
    !ts.isNewExpression(node) &&
    !ts.isConditionalExpression(node) &&
    !ts.isBinaryExpression(node)
  )
    return false;
  return uses.references.some((one) => one.pos >= node.pos && one.end <= node.end);
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
