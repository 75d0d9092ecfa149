import { ts } from "ts-morph";
import { isAssignment, symbolOf } from "../../analyse/nodes.js";
import type { Tracer } from "./uses.js";

/** Notes where another value is put into a variable that held the handle. */
export function noteReplacements({ site: { unit }, names, effects }: Tracer, name: ts.Identifier): void {
  const symbol = symbolOf(name, unit.checker);
  for (const use of unit.identifiers.get(name.text) ?? []) {
    const parent = use.parent;
    if (!ts.isBinaryExpression(parent) || parent.left !== use || names.includes(use)) continue;
    if (!isAssignment(parent.operatorToken.kind) || symbolOf(use, unit.checker) !== symbol) continue;
    if (!effects.has(parent)) effects.set(parent, { is: "replaces" });
  }
}
