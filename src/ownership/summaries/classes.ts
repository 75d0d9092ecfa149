import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { definitionPath } from "../../analyse/definitions.js";
import { enclosingFunction, hasModifier, isFunction } from "../../analyse/nodes.js";
import type { Elsewhere } from "../decided.js";
import { isDetached } from "../child-process.js";
import { usesOfField } from "../fixes/class-fields.js";
import { traceUses } from "../uses/uses.js";
import { isSole } from "./mixed.js";
import { inferredFrom } from "./model.js";
import { byName, isHarmlessTwice, publicName } from "./releasing.js";
import type { Found } from "./returned.js";

/** `OWNS`: each instance acquires when it is made, and a method of it releases that. */
export function ownedByInstances(
  node: ts.ClassLikeDeclaration,
  sites: readonly Site[],
  known: Elsewhere,
): Found | undefined {
  const path = definitionPath(node);
  if (path === undefined || hasModifier(node, ts.SyntaxKind.AbstractKeyword)) return undefined;
  for (const site of sites) {
    const methods = releasesOf(site, node, { sites, known });
    const releases = methods.flatMap((one) => publicName(one) ?? []).sort(byName);
    if (releases.length === 0) continue;
    const isHarmless = methods.every((one) => isHarmlessTwice(one, site));
    const shape = { is: "holder", members: [], releases, isHarmless } as const;
    const evidence = { site, shape, path, by: "construct", isPromise: false, isNullable: false } as const;
    return { path, inferred: inferredFrom(evidence) };
  }
  return undefined;
}

interface Around {
  readonly sites: readonly Site[];
  readonly known: Elsewhere;
}

/** The methods that release what the constructor stores in a field; none when it is not the constructor that does. */
function releasesOf(
  site: Site,
  node: ts.ClassLikeDeclaration,
  { sites, known }: Around,
): readonly ts.MethodDeclaration[] {
  const { model, origin } = site;
  if (!isMadeWithInstance(site) || model.kind === "file-write" || model.lasts !== "open") return [];
  if (origin.promisified || isDetached(site)) return [];
  const uses = traceUses(site, known);
  const [escape] = uses.escapes;
  if (uses.held !== null || uses.isUnreferenced || escape?.ownership.verdict !== "field") return [];
  const { field } = escape.ownership;
  const isOnlyField = uses.escapes.every(
    ({ ownership, value }) =>
      ownership.verdict === "field" && ownership.field === field && !isFunction(value),
  );
  if (!isOnlyField || !isSole(site, uses, sites)) return [];
  return usesOfField(node, field, { site, around: known })
    .releasedBy.filter((one) => ts.isMethodDeclaration(one))
    .filter((one) => publicName(one) !== undefined);
}

/** In the constructor, or the first value of a field. */
function isMadeWithInstance({ call }: Site): boolean {
  const home = enclosingFunction(call);
  return home === undefined || ts.isConstructorDeclaration(home);
}
