import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
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

/** `1_000`, `5 * 1000`, the longer one of `isDebug ? 1 : 1000`, and constants of the file that are such numbers. */
function numberOf(expression: ts.Expression, site: Site): number | undefined {
  const node = constantValue(expression, site.unit);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isConditionalExpression(node))
    return combined(node.whenTrue, node.whenFalse, { site, by: Math.max });
  const isProduct = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken;
  return isProduct ? combined(node.left, node.right, { site, by: (a, b) => a * b }) : undefined;
}

interface Combination {
  readonly site: Site;
  readonly by: (a: number, b: number) => number;
}

function combined(left: ts.Expression, right: ts.Expression, { site, by }: Combination): number | undefined {
  const a = numberOf(left, site);
  const b = numberOf(right, site);
  return a === undefined || b === undefined ? undefined : by(a, b);
}
