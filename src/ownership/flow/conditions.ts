import { ts } from "ts-morph";
import { unwrap } from "../../analyse/nodes.js";
import type { Meaning } from "./meaning.js";
import { join, mapPaths, type State } from "./paths.js";

/** The paths on which the condition came out as said. */
export function assume(condition: ts.Expression, isTrue: boolean, at: Place): State {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return assume(node.operand, !isTrue, at);
  if (ts.isBinaryExpression(node)) return assumeBinary(node, isTrue, at);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return isTrue ? at.state : new Map();
  if (node.kind === ts.SyntaxKind.FalseKeyword) return isTrue ? new Map() : at.state;
  if (at.meaning.isHandle(node)) return isThere(isTrue, at.state);
  if (asksFor(at.meaning.spent, node, at.meaning)) return isTrue ? released(at.state) : at.state;
  if (asksFor(at.meaning.present, node, at.meaning)) return isTrue ? at.state : released(at.state);
  if (asksForPath(node, at.meaning)) return isTrue ? at.state : released(at.state);
  return assumeFlag(node, isTrue, at);
}

export interface Place {
  readonly state: State;
  readonly meaning: Meaning;
}

function assumeBinary(node: ts.BinaryExpression, isTrue: boolean, at: Place): State {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken) {
    const isBoth = (operator === ts.SyntaxKind.AmpersandAmpersandToken) === isTrue;
    const left = assume(node.left, isTrue, at);
    if (isBoth) return assume(node.right, isTrue, { ...at, state: left });
    const other = assume(node.left, !isTrue, at);
    return join(left, assume(node.right, isTrue, { ...at, state: other }));
  }
  const equality = equalities.get(operator);
  if (equality === undefined) return at.state;
  if (isNothing(node.right)) return assumeNothing(node.left, equality === isTrue, at);
  const value = unwrap(node.right).kind;
  if (value === ts.SyntaxKind.TrueKeyword) return assume(node.left, equality === isTrue, at);
  if (value === ts.SyntaxKind.FalseKeyword) return assume(node.left, equality !== isTrue, at);
  return at.state;
}

const equalities = new Map<ts.SyntaxKind, boolean>([
  [ts.SyntaxKind.EqualsEqualsToken, true],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsToken, false],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
]);

/** `x === null`: the handle is not there; `child.exitCode === null`: it has not ended. */
function assumeNothing(left: ts.Expression, isNothingThere: boolean, at: Place): State {
  const node = unwrap(left);
  if (at.meaning.isHandle(node)) return isThere(!isNothingThere, at.state);
  return asksFor(at.meaning.spent, node, at.meaning) && !isNothingThere ? released(at.state) : at.state;
}

/** A variable that holds the handle is empty before the acquisition, and full as long as it is live. */
function isThere(isTrue: boolean, state: State): State {
  return mapPaths(state, (path) => {
    if (isTrue) return path.status === "unborn" ? undefined : path;
    return path.status === "live" ? undefined : path;
  });
}

function released(state: State): State {
  return mapPaths(state, (path) => (path.status === "live" ? { ...path, status: "done" } : path));
}

/** `child.killed`, `stream?.destroyed`, `server.listening` */
function asksFor(members: readonly string[], node: ts.Expression, { isHandle }: Meaning): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    members.includes(node.name.text) &&
    isHandle(unwrap(node.expression))
  );
}

/** `existsSync(folder)`, `await pathExists(folder)`: what is not there has been removed. */
function asksForPath(node: ts.Expression, meaning: Meaning): boolean {
  if (ts.isAwaitExpression(node)) return asksForPath(unwrap(node.expression), meaning);
  const [path] = ts.isCallExpression(node) ? node.arguments : [];
  return (
    ts.isCallExpression(node) &&
    path !== undefined &&
    meaning.isHandle(unwrap(path)) &&
    /^[\w-]+#(existsSync|pathExists(Sync)?)$/.test(meaning.origin(node.expression))
  );
}

function assumeFlag(node: ts.Expression, isTrue: boolean, { state, meaning }: Place): State {
  const flag = meaning.flagOf(node);
  if (flag === undefined) return state;
  return mapPaths(state, (path) => {
    const value = path.flags.get(flag);
    if (value !== undefined && value !== isTrue) return undefined;
    return { ...path, flags: new Map([...path.flags, [flag, isTrue]]) };
  });
}

function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");
}
