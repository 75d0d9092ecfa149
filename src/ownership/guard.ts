import { ts } from "ts-morph";
import { isFunction, isTransparent } from "../analyse/nodes.js";
import type { HandOver } from "../types.js";
import type { Escape } from "./escapes.js";
import type { Region } from "./scope.js";
import type { Uses } from "./uses.js";

/** How a guard lets go at each place where somebody else becomes the owner; undefined where it cannot. */
export function handOversOf(uses: Uses, region: Region): readonly HandOver[] | undefined {
  const found = new Map<string, HandOver>();
  for (const escape of uses.escapes) {
    const one = handOverOf(escape, uses, region);
    if (one === undefined) return undefined;
    found.set(one.how === "wrap" ? `${one.span.start}:${one.span.end}` : String(one.at), one);
  }
  return [...found.values()];
}

function handOverOf({ node, value }: Escape, uses: Uses, region: Region): HandOver | undefined {
  if (ts.findAncestor(node, (up) => up === region.block) === undefined) return undefined;
  const inner = takenOff(value);
  if (ts.isIdentifier(inner) && uses.references.includes(inner))
    return { how: "wrap", span: { start: value.getStart(), end: value.end } };
  const statement = ts.findAncestor(node, ts.isStatement);
  const name = nameIn(uses, region);
  const isPlain =
    statement !== undefined &&
    ts.isBlock(statement.parent) &&
    (ts.isReturnStatement(statement) || ts.isExpressionStatement(statement)) &&
    isQuiet(value);
  return isPlain && name !== undefined ? { how: "before", at: statement.getStart(), name } : undefined;
}

function takenOff(node: ts.Node): ts.Node {
  return isTransparent(node) ? takenOff(node.expression) : node;
}

function nameIn({ names }: Uses, { statements }: Region): string | undefined {
  const [first] = names;
  return first !== undefined && statements.length > 0 ? first.text : undefined;
}

/** Evaluating it runs nothing that could fail between letting go and handing over. */
function isQuiet(node: ts.Node): boolean {
  if (isFunction(node)) return true;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)) return false;
  return ts.forEachChild(node, (child) => (isQuiet(child) ? undefined : true)) !== true;
}
