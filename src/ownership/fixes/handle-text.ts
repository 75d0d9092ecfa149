import { ts } from "ts-morph";
import { receiverOf, type Site } from "../../analyse/acquisitions.js";
import { hasModifier, isInside, isPropertyName } from "../../analyse/nodes.js";
import { kinds } from "../../catalogue/kinds.js";
import type { Unit } from "../../analyse/unit.js";
import { removalOf } from "./listening.js";
import { memberOf } from "./taken-apart.js";
import type { Handle } from "../../fixes.js";

/** Where the text gives the resource, and where a statement that takes it over would go. */
export function handleOf(site: Site): Handle {
  const { handle, unit } = site;
  const start = handle.getStart(unit.source);
  return {
    start,
    end: handle.end,
    statement:
      listenerStatement(site) ??
      receiverStatement(site) ??
      memberStatement(site) ??
      statementOf(site) ??
      bareStatement(site),
    parens: parensAround(handle, unit),
  };
}

/** `ctx.defer(() => signal.removeEventListener("abort", stop));` behind the statement that adds it. */
function listenerStatement(site: Site): Handle["statement"] {
  const name = removalOf(site);
  const { parent } = site.handle;
  return name === undefined
    ? null
    : { from: parent.getStart(site.unit.source), at: parent.end, name, declares: false };
}

/** `ctx.adopt(server, (it) => it.close());` behind `await server.listen(port);`; null where it is no such thing. */
export function receiverStatement({ inferred, callee, handle, unit }: Site): Handle["statement"] {
  const receiver = inferred?.shape.is === "receiver" ? receiverOf(callee) : undefined;
  const { parent } = handle;
  const statement = ts.isVariableDeclaration(parent) ? parent.parent.parent : parent;
  const isInList = ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
  const isPlain = ts.isExpressionStatement(statement) || ts.isVariableStatement(statement);
  if (receiver === undefined || !isInList || !isPlain) return null;
  const from = statement.getStart(unit.source);
  return { from, at: statement.end, name: receiver.getText(unit.source), declares: false };
}

/** `ctx.server(server);` behind `const { server, port } = await serve();` */
function memberStatement(site: Site): Handle["statement"] {
  const member = memberOf(site);
  if (member === undefined) return null;
  const { name, statement } = member;
  return { from: statement.getStart(site.unit.source), at: statement.end, name, declares: false };
}

function parensAround({ parent, end, pos }: ts.Expression, { source, text }: Unit): Handle["parens"] {
  if (!ts.isParenthesizedExpression(parent) || ts.isNewExpression(parent.parent)) return null;
  const start = parent.getStart(source);
  const isAlone = /^\s*\)$/.test(text.slice(end, parent.end)) && pos === start + 1;
  return isAlone && !/\/[/*]/.test(text.slice(pos, pos + 2)) ? { start, end: parent.end } : null;
}

/** Columns that most projects allow, and what wrapping the call adds to its line. */
const columns = 100;
const wrapping = "ctx.process()".length;

function roomOf(statement: ts.Node, { source }: Unit): number {
  return columns - wrapping - source.getLineAndCharacterOfPosition(statement.getStart(source)).character;
}

function spansLines(node: ts.Node, { text, source }: Unit): boolean {
  return text.slice(node.getStart(source), node.end).includes("\n");
}

/** Only where nothing can come between, and where the name is sure to give what it was given. */
function statementOf({ handle, unit }: Site): Handle["statement"] {
  const named = namedBy(handle);
  if (named === undefined) return null;
  const { name, statement } = named;
  const isLong = statement.getText(unit.source).length > roomOf(statement, unit) || spansLines(handle, unit);
  if (!isLong) return null;
  const isInList = ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
  return isInList
    ? { from: statement.getStart(unit.source), at: statement.end, name, declares: false }
    : null;
}

/** From so many lines on, a call that stands alone gets a name, and its lines stay as they are. */
const manyLines = 4;

/** `exec("make", (error) => { .. });` over many lines. */
function bareStatement({ handle, unit, model }: Site): Handle["statement"] {
  const { parent } = handle;
  if (!ts.isExpressionStatement(parent) || ts.isAwaitExpression(handle)) return null;
  const list = parent.parent;
  if (!ts.isBlock(list) && !ts.isSourceFile(list)) return null;
  const from = parent.getStart(unit.source);
  if (unit.text.slice(from, parent.end).split("\n").length < manyLines) return null;
  const name = nameFreeIn(list, { wanted: kinds[model.kind].variable, from: 1 + around(parent) }, unit);
  return { from, at: parent.end, name, declares: true };
}

/** How many statements around it call the same function: each gets a variable of its own name. */
function around(statement: ts.ExpressionStatement): number {
  const calleeOf = (node: ts.Node): string | undefined =>
    ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)
      ? node.expression.expression.getText()
      : undefined;
  let count = 0;
  for (let up: ts.Node = statement.parent; !ts.isSourceFile(up); up = up.parent)
    if (calleeOf(up) !== undefined && calleeOf(up) === calleeOf(statement)) count += 1;
  return count;
}

interface Wanted {
  readonly wanted: string;
  /** 1: without a number. */
  readonly from: number;
}

/** A new variable of a block hides an outer one of its name: nothing in the block may mean that. */
function nameFreeIn(list: ts.Node, { wanted, from }: Wanted, { identifiers }: Unit): string {
  for (let n = from; ; n++) {
    const name = n === 1 ? wanted : `${wanted}${String(n)}`;
    const uses = identifiers.get(name) ?? [];
    if (uses.every((one) => isPropertyName(one) || !isInside(one, list))) return name;
  }
}

interface Named {
  readonly name: string;
  readonly statement: ts.Statement;
}

function namedBy({ parent }: ts.Expression): Named | undefined {
  if (ts.isVariableDeclaration(parent)) return declaredBy(parent);
  const isAssignment =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (!isAssignment || !ts.isExpressionStatement(parent.parent) || !isPlainField(parent.left))
    return undefined;
  return { name: parent.left.getText(), statement: parent.parent };
}

function declaredBy({ name, parent: list }: ts.VariableDeclaration): Named | undefined {
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return undefined;
  const isConstant = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  return isConstant && ts.isIdentifier(name) && ts.isVariableStatement(list.parent)
    ? { name: name.text, statement: list.parent }
    : undefined;
}

/** `this.child`, which the class declares as a field: no setter of its own gets in between. */
function isPlainField(target: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(target) || target.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return false;
  const owner = ts.findAncestor(target, ts.isClassLike);
  return (owner?.members ?? []).some(
    (one) =>
      ts.isPropertyDeclaration(one) &&
      one.name.getText() === target.name.getText() &&
      !hasModifier(one, ts.SyntaxKind.AccessorKeyword) &&
      (ts.getDecorators(one) ?? []).length === 0,
  );
}
