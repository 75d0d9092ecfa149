import { ts } from "ts-morph";
import { bindingKey, rootName } from "../../analyse/facts.js";
import { symbolOf } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";

/** The binding that the call stops using: the root of `fs.promises.writeFile`. */
export function freedName(callee: ts.Expression, unit: Unit): string | null {
  const name = rootName(callee);
  const uses = name === undefined ? [] : (unit.identifiers.get(name) ?? []);
  const use = uses.find((one) => callee.pos <= one.pos && one.end <= callee.end);
  const [declaration] = use === undefined ? [] : (symbolOf(use, unit.checker)?.declarations ?? []);
  const declared = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  return declared !== undefined && ts.isIdentifier(declared) ? bindingKey(declared) : null;
}
