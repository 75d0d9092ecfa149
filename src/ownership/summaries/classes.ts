import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { definitionPath } from "../../analyse/definitions.js";
import { activationsOf, isFunction, isInside } from "../../analyse/nodes.js";
import { isDetached } from "../child-process.js";
import type { Elsewhere } from "../decided.js";
import { memberIn, usesOfField } from "../fixes/class-fields.js";
import { membersOfThis } from "../uses/escapes.js";
import { traceUses } from "../uses/uses.js";
import { isSole } from "./mixed.js";
import { inferredFrom } from "./model.js";
import {
  byName,
  isHarmlessTwice,
  isOpeningName,
  publicName,
  releasingThrough,
  visibleName,
} from "./releasing.js";
import type { Found } from "./returned.js";

/**
 * `OWNS`: each instance acquires when it is made, or when one of its methods is called that begins something, and a
 * method of it releases that.
 */
export function ownedByInstances(
  node: ts.ClassLikeDeclaration,
  sites: readonly Site[],
  known: Elsewhere,
): readonly Found[] {
  const path = definitionPath(node);
  if (path === undefined) return [];
  const found = new Map<string, Found>();
  for (const site of sites) {
    const beginning = beginningOf(site, node);
    if (beginning === undefined) continue;
    const methods = releasesOf(site, node, { sites, known });
    const direct = methods.flatMap((one) => publicName(one) ?? []).sort(byName);
    const through = releasingThrough(
      node,
      methods.map(({ name }) => name.getText()),
    );
    const releases = [...direct, ...through.filter((name) => !direct.includes(name))];
    if (releases.length === 0) continue;
    const isHarmless = direct.length > 0 && methods.every((one) => isHarmlessTwice(one, site));
    const shared = { site: carefully(site), isPromise: false, isNullable: false } as const;
    if (beginning === "instance")
      add(found, path, () => {
        const shape = { is: "holder", members: [], releases, isHarmless } as const;
        return inferredFrom({ ...shared, shape, path, by: "construct" });
      });
    else
      for (const name of beginning)
        add(found, [...path, "prototype", name], (path) => {
          const shape = { is: "receiver", releases, isHarmless } as const;
          return inferredFrom({ ...shared, shape, path, by: "call" });
        });
  }
  return [...found.values()];
}

/** The leader of a group has an end of its own, which the program may reach in other ways. */
function carefully(site: Site): Site {
  return isDetached(site) ? { ...site, model: { ...site.model, level: "likely" } } : site;
}

/** The first that a class acquires stands for all. */
function add(
  found: Map<string, Found>,
  path: readonly string[],
  make: (path: readonly string[]) => Found["inferred"],
): void {
  const key = path.join(".");
  if (!found.has(key)) found.set(key, { path, inferred: make(path) });
}

interface Around {
  readonly sites: readonly Site[];
  readonly known: Elsewhere;
}

/** The methods, hidden ones too, that release what is stored in a field; none where it goes elsewhere as well. */
function releasesOf(
  site: Site,
  node: ts.ClassLikeDeclaration,
  { sites, known }: Around,
): readonly ts.MethodDeclaration[] {
  const { model, origin } = site;
  if (model.kind === "file-write" || model.lasts !== "open") return [];
  if (origin.promisified) return [];
  const uses = traceUses(site, known);
  const [escape] = uses.escapes;
  if (uses.held !== null || uses.isUnreferenced || escape?.ownership.verdict !== "field") return [];
  const { field } = escape.ownership;
  const isOnlyField = uses.escapes.every(
    ({ ownership, value }) =>
      ownership.verdict === "field" && ownership.field === field && !isFunction(value),
  );
  if (!isOnlyField || !isSole(site, uses, sites)) return [];
  const member = memberIn(escape, site, uses);
  if (member === undefined) return [];
  const place = { field, member };
  const { isWaitedFor, isUnreferenced, releasedBy } = usesOfField(node, place, { site, around: known });
  // A method that waits for the end leaves nothing behind; what is unreferenced may be meant to stay.
  if (isWaitedFor || isUnreferenced) return [];
  return releasedBy.filter((one) => ts.isMethodDeclaration(one));
}

/** What has to happen for the class to acquire: an instance is made, or one of these methods is called. */
function beginningOf(
  { call }: Site,
  node: ts.ClassLikeDeclaration,
): "instance" | readonly string[] | undefined {
  const member = node.members.find((one) => one.pos <= call.pos && call.end <= one.end);
  if (member === undefined) return undefined;
  if (isOfInstance(member)) return isRunBy(member, call) ? "instance" : undefined;
  const reached = reaching(member, node);
  if (reached.some(isOfInstance)) return "instance";
  const names = reached.flatMap((one) => (ts.isMethodDeclaration(one) ? (visibleName(one) ?? []) : []));
  const opening = names.filter(isOpeningName);
  return opening.length > 0 ? opening : undefined;
}

const isOfInstance = (one: ts.ClassElement): boolean =>
  ts.isConstructorDeclaration(one) || ts.isPropertyDeclaration(one);

/** While the instance is made, and not in a listener that is only added then: `onInput = () => this.draw()`. */
function isRunBy(member: ts.ClassElement, call: ts.Node): boolean {
  return activationsOf(call).some((one) => one === undefined || one === member || !isInside(one, member));
}

/** The member itself, the constructor that calls it, and where it is hidden every member that does. */
function reaching(member: ts.ClassElement, node: ts.ClassLikeDeclaration): readonly ts.ClassElement[] {
  const found = [member];
  for (const one of found) {
    if (!ts.isMethodDeclaration(one)) continue;
    const callers = node.members.filter((other) => !found.includes(other) && callsOwn(other, one));
    const isHidden = visibleName(one) === undefined;
    found.push(...callers.filter((other) => isHidden || ts.isConstructorDeclaration(other)));
  }
  return found;
}

/** `this.start()` */
function callsOwn(member: ts.ClassElement, { name }: ts.MethodDeclaration): boolean {
  return membersOfThis(member, name.getText()).some(
    ({ parent, end }) =>
      ts.isCallExpression(parent) &&
      parent.expression.end === end &&
      (!isOfInstance(member) || isRunBy(member, parent)),
  );
}
