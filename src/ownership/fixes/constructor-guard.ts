import { ts } from "ts-morph";
import type { Unit } from "../../analyse/unit.js";
import { enclosingFunction, isFunction } from "../../analyse/nodes.js";
import { traitsOf } from "../traits.js";
import type { Ownership } from "../../types.js";
import type { Decided } from "../decided.js";
import { outcomeOf } from "../flow/index.js";
import { leakOf } from "../flow/paths.js";
import type { Case } from "../handle.js";
import { mayBeOpenedHere } from "../opened.js";
import { handleOf } from "./handle-text.js";
import { noRoom } from "./local.js";
import { type Region, regionOf, scopeOver } from "./scope.js";

/** Fix F2 in a constructor: who gets no instance cannot close it. A guard holds the field until the end. */
export function guardedConstructor(
  ownership: Extract<Ownership, { verdict: "field" }>,
  given: Case,
): Decided | undefined {
  const { site, uses, around, method } = given;
  const home = enclosingFunction(site.call);
  if (!around.scopes || home === undefined || !ts.isConstructorDeclaration(home)) return undefined;
  if (!mayBeOpenedHere(site, uses)) return undefined;
  const region = regionOf(site, uses);
  const last = region?.statements.at(-1);
  if (region === undefined || last === undefined || region.block !== home.body) return undefined;
  if (region.statements.some(leavesEarly))
    return given.refuse("guard", "The constructor has more than one end.");
  // Only with the end of the constructor somebody else can release it.
  const effects = new Map([...given.effects].filter(([, effect]) => effect.is !== "moves"));
  const leak = leakOf(outcomeOf(region.statements, { site, uses, effects, start: "unborn" }).failure);
  if (leak === undefined)
    return given.refuse("guard", "Nothing in the constructor is known to fail after acquiring it.");
  const scope = scopeOver(region, { site, uses, around });
  if (scope === undefined) return given.refuse("guard", noRoom);
  const handOvers = [
    {
      how: "after",
      from: last.getStart(),
      at: last.end,
      name: `this.${ownership.field}`,
      keeps: traitsOf(site).outlives ? method : null,
    },
  ] as const;
  const isLong = around.syntax === "try-finally" && linesOf(region, site.unit) > fewLines;
  return {
    ownership,
    // No reviewer wants to see a long constructor indented for it.
    level: isLong ? "likely" : "safe",
    outcome: { by: "guard", handle: handleOf(site), method, scope, handOvers },
    message: `A throw in the constructor leaves the ${traitsOf(site).noun} behind: nobody gets the object.`,
  };
}

const fewLines = 20;

function linesOf({ statements }: Region, { source }: Unit): number {
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line;
  return lineOf(statements.at(-1)?.end ?? 0) - lineOf(statements[0]?.getStart(source) ?? 0) + 1;
}

function leavesEarly(statement: ts.Node): boolean {
  const visit = (node: ts.Node): boolean =>
    ts.isReturnStatement(node) || (!isFunction(node) && ts.forEachChild(node, visit) === true);
  return visit(statement);
}
