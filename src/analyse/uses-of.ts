import type { ts } from "ts-morph";
import { symbolOf } from "./nodes.js";
import type { Unit } from "./unit.js";

/** Every other identifier of the file that stands for the same variable. */
export function usesOf(name: ts.Identifier, { checker, identifiers }: Unit): readonly ts.Identifier[] {
  const symbol = symbolOf(name, checker);
  if (symbol === undefined) return [];
  return (identifiers.get(name.text) ?? []).filter(
    (one) => one !== name && symbolOf(one, checker) === symbol,
  );
}
