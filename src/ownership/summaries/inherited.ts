import { ts } from "ts-morph";
import { definitionPath } from "../../analyse/definitions.js";
import type { Inferred, InferredLookup, Shape } from "../../analyse/inferred.js";
import { originOf } from "../../analyse/origins.js";
import type { Unit } from "../../analyse/unit.js";
import type { Elsewhere } from "../decided.js";
import { classNamed, lineageOf, superclassOf } from "../lineage.js";
import { inferredFrom } from "./model.js";
import { byName, isOpeningName, releasingThrough, visibleName } from "./releasing.js";
import type { Found } from "./returned.js";

/** What the superclass of a class acquires for whoever makes an instance, the class acquires as well. */
export function inheritedBy(
  node: ts.ClassLikeDeclaration,
  unit: Unit,
  { lookup, known }: { readonly lookup: InferredLookup; readonly known: Elsewhere },
): readonly Found[] {
  const path = definitionPath(node);
  const superclass = superclassOf(node);
  const above = superclass === undefined ? undefined : classNamed(superclass, unit, known);
  const origin = superclass === undefined ? undefined : originOf(superclass, unit, known.exportsOf);
  if (path === undefined || above === undefined || origin === undefined) return [];
  const methods = lineageOf(above.node, above.unit, known).classes.flatMap(({ node: one }) => methodsOf(one));
  const ways = [[], ...methods.filter(isOpeningName).map((name) => ["prototype", name])];
  return ways.flatMap((way) => {
    const found = lookup({ ...origin, path: [...origin.path, ...way] });
    const own = found === undefined ? undefined : ofSubclass(node, found, way.at(-1));
    if (found === undefined || own === undefined) return [];
    const evidence = { shape: own, path: [...path, ...way], isPromise: false, isNullable: false } as const;
    const by = way.length === 0 ? "construct" : "call";
    const site = { unit, model: found.model, inferred: found };
    return [{ path: evidence.path, inferred: inferredFrom({ ...evidence, by, site }) }];
  });
}

/** Undefined where the class has methods of its own in the place of those that acquire or release. */
function ofSubclass(
  node: ts.ClassLikeDeclaration,
  { shape }: Inferred,
  opening: string | undefined,
): Shape | undefined {
  if (shape.is !== "holder" && shape.is !== "receiver") return undefined;
  const own = methodsOf(node);
  const isKept = (name: string): boolean => !own.includes(name) || callsSuper(node, name);
  if (opening !== undefined && !isKept(opening)) return undefined;
  const kept = shape.releases.filter(isKept);
  const releases = [...kept, ...releasingThrough(node, kept)].sort(byName);
  return kept.length === 0 ? undefined : { ...shape, releases, isHarmless: false };
}

function methodsOf({ members }: ts.ClassLikeDeclaration): readonly string[] {
  return members.flatMap((one) => (ts.isMethodDeclaration(one) ? (visibleName(one) ?? []) : []));
}

/** `super.close()` in the method of that name. */
function callsSuper({ members }: ts.ClassLikeDeclaration, name: string): boolean {
  const method = members.find((one) => ts.isMethodDeclaration(one) && visibleName(one) === name);
  return method?.getText().includes(`super${name.startsWith("[") ? name : `.${name}`}(`) === true;
}
