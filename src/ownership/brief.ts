import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { constantValue } from "./values.js";

/** Milliseconds. A timeout of a debounce, a pause or a retry is over before anybody minds that it is still there. */
const brief = 2_000;

/** A timeout that fires so soon that nobody has to clear it, whoever it belongs to. */
export function isBriefTimeout(site: Site): boolean {
  if (site.model.kind !== "timer" || site.model.lasts !== "once") return false;
  const [first, second] = site.args;
  const delay = first !== undefined && numberOf(first, site) !== undefined ? first : second;
  if (delay === undefined) return true;
  const milliseconds = numberOf(delay, site);
  return milliseconds !== undefined && milliseconds <= brief;
}

/** `1_000`, `5 * 1000`, and constants of the file that are such numbers. */
function numberOf(expression: ts.Expression, { unit }: Site): number | undefined {
  const node = constantValue(expression, unit);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AsteriskToken)
    return undefined;
  const left = constantValue(node.left, unit);
  const right = constantValue(node.right, unit);
  return ts.isNumericLiteral(left) && ts.isNumericLiteral(right)
    ? Number(left.text) * Number(right.text)
    : undefined;
}
