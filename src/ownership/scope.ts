import { ts } from "ts-morph";
import { freeName } from "../analyse/facts.js";
import { enclosingFunction, hasModifier, isFunction, isTransparent, symbolOf } from "../analyse/nodes.js";
import type { Site } from "../analyse/acquisitions.js";
import type { Level, Scope } from "../types.js";
import type { Surroundings } from "./decided.js";
import { awaitsOfEnd, type AwaitedEnd, consumesPart } from "./ends.js";
import { mayThrow, leavesEarly } from "./throws.js";
import type { Uses } from "./uses.js";
import { verbatimSpans } from "./verbatim.js";

export interface ScopeFix {
  readonly scope: Scope;
  readonly level: Level;
  readonly message: string;
}

/** The statements of a block from the acquiring one on. */
interface Region {
  readonly block: ts.Block;
  readonly statements: readonly ts.Statement[];
}

/**
 * A scope in the acquiring block (fix F1): only where the function waits for the end of the resource on
 * its way to success, so that the scope finds nothing to end there, and where something in between can
 * throw, so that there is something to cure.
 */
export function awaitedScope(site: Site, uses: Uses, around: Surroundings): ScopeFix | undefined {
  const region = regionOf(site);
  if (region === undefined || uses.partEscapes || uses.isModuleVariable) return undefined;
  const [start, ...later] = region.statements;
  if (start === undefined) return undefined;
  const end =
    awaitsOfEnd(uses, region.block).find((one) => later.includes(one.statement)) ?? weakEnd(uses, later);
  if (end === undefined) return undefined;
  const between = later.slice(0, later.indexOf(end.statement));
  if (between.some(leavesEarly)) return undefined;
  if (!end.canSettleEarly && !between.some((one) => mayThrow(one, site.acquisition.boundTo)))
    return undefined;
  return build(site, region, { uses, around, end });
}

function regionOf({ call }: Site): Region | undefined {
  const home = enclosingFunction(call);
  if (
    home === undefined ||
    !hasModifier(home, ts.SyntaxKind.AsyncKeyword) ||
    home.asteriskToken !== undefined
  )
    return undefined;
  const declaration = ts.findAncestor(call, (up) => up === home || ts.isVariableStatement(up));
  if (declaration === undefined || !ts.isVariableStatement(declaration) || !ts.isBlock(declaration.parent))
    return undefined;
  const block = declaration.parent;
  return { block, statements: block.statements.slice(block.statements.indexOf(declaration)) };
}

/** The output is read to its end, but nobody waits for the exit: ending the child then is a change. */
function weakEnd(uses: Uses, later: readonly ts.Statement[]): AwaitedEnd | undefined {
  const statement = later.find((one) => consumesPart(one, uses));
  return statement === undefined ? undefined : { statement, canSettleEarly: true, isWeak: true };
}

interface Evidence {
  readonly uses: Uses;
  readonly around: Surroundings;
  readonly end: AwaitedEnd;
}

function build(site: Site, region: Region, { uses, around, end }: Evidence): ScopeFix | undefined {
  const { unit } = site;
  const [start] = region.statements;
  if (start === undefined || (around.syntax === "try-finally" && isUsedFromAbove(region, site)))
    return undefined;
  const awaits = returnsToAwait(region, uses);
  if (awaits === undefined) return undefined;
  const before = start.getStart(unit.source);
  const inside = unit.text.slice(0, region.block.end - 1).trimEnd();
  const scope: Scope = {
    block: { start: region.block.getStart(unit.source), end: region.block.end },
    before,
    until: inside.length,
    syntax: around.syntax,
    waits: true,
    contextName: freeName(around.contextName, unit),
    awaits,
    verbatim: verbatimSpans(unit, { start: before, end: inside.length }),
  };
  if (end.isWeak)
    return {
      scope,
      level: "likely",
      message: "Its output is read, but nobody waits for its exit; in a scope, it ends with the function.",
    };
  return { scope, level: "safe", message: "A throw before its end leaves it running." };
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

function returnsIn(statements: readonly ts.Node[]): readonly ts.ReturnStatement[] {
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
