import { ts } from "ts-morph";
import { findAcquisitions } from "../../analyse/acquisitions.js";
import type { ClassFound } from "../../analyse/callees.js";
import { hasModifier, isInside, symbolOf, unwrap } from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import type { Unit } from "../../analyse/unit.js";
import { withoutDisposer } from "../../catalogue/superclasses.js";
import type { Elsewhere } from "../decided.js";
import { lineageOf } from "../lineage.js";

/**
 * What a dispose method that the class gets would hide: nothing, one of a superclass that it has to call, or one that
 * nobody can see from here.
 */
export type Hidden = "nothing" | "disposer" | "unknown";

export function hiddenBy(node: ts.ClassLikeDeclaration, unit: Unit, known: Elsewhere): Hidden {
  const { classes, beyond } = lineageOf(node, unit, known);
  const [, ...above] = classes;
  if (above.some((one) => hasDisposer(one.node))) return "disposer";
  // A superclass that acquires may get a dispose method in this very run.
  if (above.some((one) => acquires(one, known))) return "unknown";
  return beyond === null || isBare(beyond.superclass, beyond.unit, known) ? "nothing" : "unknown";
}

/** Whether what stands above the classes of the project is known to release nothing. */
export function isKnownToTheTop(node: ts.ClassLikeDeclaration, unit: Unit, known: Elsewhere): boolean {
  const { beyond } = lineageOf(node, unit, known);
  return beyond === null || isBare(beyond.superclass, beyond.unit, known);
}

function hasDisposer(node: ts.ClassLikeDeclaration): boolean {
  return node.members.some(
    (one) =>
      ts.isMethodDeclaration(one) &&
      one.name.getText() === "[Symbol.asyncDispose]" &&
      one.body !== undefined &&
      !hasModifier(one, ts.SyntaxKind.StaticKeyword),
  );
}

function acquires({ node, unit }: ClassFound, { exportsOf }: Elsewhere): boolean {
  return findAcquisitions(unit, exportsOf).some(
    ({ call, model }) => model.kind !== "file-write" && model.adopt.by !== "none" && isInside(call, node),
  );
}

/** A class of Node or of the language that has no dispose method. */
function isBare(superclass: ts.Expression, unit: Unit, { exportsOf }: Elsewhere): boolean {
  const name = unwrap(superclass);
  if (ts.isIdentifier(name) && symbolOf(name, unit.checker) === undefined)
    return withoutDisposer.has(`globalThis#${name.text}`);
  const origin = originOf(name, unit, exportsOf);
  return origin !== undefined && withoutDisposer.has(`${origin.module}#${origin.path.join(".")}`);
}
