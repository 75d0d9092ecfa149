import { ts } from "ts-morph";
import { isFunction, isTransparent, isInside } from "../../analyse/nodes.js";
import type { HandOver } from "../../types.js";
import type { Decided } from "../decided.js";
import type { Escape } from "../uses/escapes.js";
import { outcomeOf } from "../flow/index.js";
import { leakOf } from "../flow/paths.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { noRoom } from "./local.js";
import { type Region, regionOf, scopeOver, whyNoRegion } from "./scope.js";
import { exitNote } from "./skipped.js";
import { memberOf } from "./taken-apart.js";
import { lettingGoOf } from "./taking.js";
import { traitsOf } from "../traits.js";
import { homeOf } from "../uses/activation.js";
import type { Uses } from "../uses/uses.js";

/** Fix F2: handed over on success, left behind when something fails before. */
export function guarded({ ownership }: Escape, given: Case): Decided | undefined {
  const { site, uses, around, effects, method } = given;
  if (!around.scopes) return given.refuse("guard", "Functions get no context of their own in this run.");
  if (homeOf(site, uses)?.asteriskToken !== undefined)
    return given.refuse(
      "guard",
      "A generator gives it away, and goes on with it when the consumer comes back.",
    );
  const region = regionOf(site, uses);
  if (region === undefined) return given.refuse("guard", whyNoRegion(site, uses));
  const { success, failure } = outcomeOf(region.statements, { site, uses, effects, start: "unborn" });
  const leak = leakOf(failure);
  if (leak === undefined)
    return given.refuse("guard", "Nothing between acquiring and handing it over is known to fail.");
  if (leakOf(success) !== undefined)
    return given.refuse("guard", "One way out succeeds without handing it over.");
  const handOvers = allHandOvers(given, region);
  if (handOvers === undefined)
    return given.refuse("guard", "There is no one place where it is handed over and a guard could let go.");
  const scope = scopeOver(region, { site, uses, around });
  if (scope === undefined) return given.refuse("guard", noRoom);
  return {
    ownership: ownership.verdict === "moved-out" ? { ...ownership, leak } : ownership,
    ...(isLopsided(given, region, handOvers)
      ? lopsided
      : { level: "safe", message: messageOf(given) + exitNote(site, region.statements) }),
    outcome: { by: "guard", handle: handleOf(site), method, scope, handOvers },
  };
}

function messageOf({ site }: Case): string {
  return `Handed over on success; a throw before that leaves the ${traitsOf(site).noun} behind.`;
}

const lopsided = {
  level: "likely",
  message: "Without `using`, a guard indents much code for a hand-over that rarely fails.",
} as const;

/** Lines behind the last hand-over that the long form would indent for nothing. */
const fewLines = 10;

/** Lines that it may indent for a hand-over that nearly always comes. */
const manyLines = 40;

/** No reviewer wants a function of a hundred lines indented because its second line may throw. */
function isLopsided({ site, around }: Case, { statements }: Region, handOvers: readonly HandOver[]): boolean {
  const [first] = statements;
  if (around.syntax === "using" || first === undefined) return false;
  const { source } = site.unit;
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line;
  const last = Math.max(...handOvers.map((one) => (one.how === "wrap" ? one.span.end : one.at)));
  const start = lineOf(first.getStart(source));
  const guardedLines = lineOf(last) - start + 1;
  const end = lineOf(statements.at(-1)?.end ?? last);
  const rest = end - lineOf(last);
  return end - start >= manyLines || (rest > fewLines && rest > 2 * guardedLines);
}

function allHandOvers({ site, uses }: Case, region: Region): readonly HandOver[] | undefined {
  // No name stands for all of what was taken apart.
  const isNamed = !uses.isSplit || memberOf(site) !== undefined;
  const handOvers = isNamed ? handOversOf(uses, region) : undefined;
  const lettingGo = lettingGoOf(site, uses, region);
  return handOvers === undefined || lettingGo === undefined ? undefined : [...handOvers, ...lettingGo];
}

/** How a guard lets go at each place where somebody else becomes the owner; undefined where it cannot. */
function handOversOf(uses: Uses, region: Region): readonly HandOver[] | undefined {
  const found = new Map<string, HandOver>();
  for (const escape of uses.escapes) {
    if (uses.escapes.some((earlier) => hasLetGo(earlier, escape))) continue;
    const one = handOverOf(escape, uses, region);
    if (one === undefined) return undefined;
    found.set(one.how === "wrap" ? `${one.span.start}:${one.span.end}` : String(one.at), one);
  }
  return [...found.values()];
}

/** An earlier statement of a block around it hands over whatever happens: nothing is left to let go of. */
function hasLetGo(earlier: Escape, { node }: Escape): boolean {
  const statement = ts.findAncestor(earlier.node, ts.isStatement);
  if (statement === undefined || !ts.isBlock(statement.parent) || !isInside(node, statement.parent))
    return false;
  const isPlain = ts.isExpressionStatement(statement) || ts.isVariableStatement(statement);
  const mayBeSkipped = ts.findAncestor(earlier.node, (up) => {
    if (up === statement) return "quit";
    const isChoice =
      ts.isConditionalExpression(up) ||
      (ts.isBinaryExpression(up) && choices.has(up.operatorToken.kind)) ||
      (ts.isCallExpression(up) && up.questionDotToken !== undefined);
    return isFunction(up) || isChoice;
  });
  return isPlain && mayBeSkipped === undefined && statement.end <= node.getStart();
}

const choices: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

function handOverOf({ node, value }: Escape, uses: Uses, region: Region): HandOver | undefined {
  if (!isInside(node, region.block)) return undefined;
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
