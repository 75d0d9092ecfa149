import { ts } from "ts-morph";
import type { ClassFound } from "../analyse/callees.js";
import { hasModifier, symbolOf, unwrap } from "../analyse/nodes.js";
import type { Unit } from "../analyse/unit.js";
import type { Elsewhere } from "./decided.js";

/** A class and those of the project that it extends, itself first. */
export interface Lineage {
  readonly classes: readonly [ClassFound, ...ClassFound[]];
  /** What the last one extends, and whose text is not here; null when it extends nothing. */
  readonly beyond: { readonly superclass: ts.Expression; readonly unit: Unit } | null;
}

/** Deeper than any hierarchy that somebody keeps in mind, and an end for one that goes round. */
const deepest = 8;

export function lineageOf(node: ts.ClassLikeDeclaration, unit: Unit, known: Elsewhere): Lineage {
  const above: ClassFound[] = [];
  let last: ClassFound = { node, unit };
  for (;;) {
    const superclass = superclassOf(last.node);
    if (superclass === undefined) return { classes: [{ node, unit }, ...above], beyond: null };
    const next = above.length < deepest ? classNamed(superclass, last.unit, known) : undefined;
    if (next === undefined)
      return { classes: [{ node, unit }, ...above], beyond: { superclass, unit: last.unit } };
    above.push(next);
    last = next;
  }
}

/** The class of the project that an expression names, in this file or in another one; not where only its types are. */
export function classNamed(expression: ts.Expression, unit: Unit, known: Elsewhere): ClassFound | undefined {
  const node = unwrap(expression);
  const own = ts.isIdentifier(node) ? ownClass(node, unit) : undefined;
  const found = own === undefined ? known.classOf(node, unit) : { node: own, unit };
  return found === undefined || hasModifier(found.node, ts.SyntaxKind.DeclareKeyword) ? undefined : found;
}

function ownClass(name: ts.Identifier, { checker }: Unit): ts.ClassLikeDeclaration | undefined {
  const declaration = symbolOf(name, checker)?.declarations?.find(
    (one) => ts.isClassDeclaration(one) || ts.isVariableDeclaration(one),
  );
  if (declaration === undefined || ts.isClassDeclaration(declaration)) return declaration;
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
      ? unwrap(declaration.initializer)
      : undefined;
  return value !== undefined && ts.isClassExpression(value) ? value : undefined;
}

export function superclassOf(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = (node.heritageClauses ?? []).find((one) => one.token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}

/** Classes of the file that extend this one, and have its fields. */
export function subclassesOf(
  node: ts.ClassLikeDeclaration,
  unit: Unit,
  known: Elsewhere,
): readonly ts.ClassLikeDeclaration[] {
  if (!/\bextends\b/.test(unit.text)) return [];
  return classesIn(unit).filter(
    (one) => one !== node && lineageOf(one, unit, known).classes.some((above) => above.node === node),
  );
}

export function classesIn({ source }: Unit): readonly ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
