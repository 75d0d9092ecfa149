import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import type { ClassFound } from "../../analyse/callees.js";
import {
  enclosingFunction,
  hasModifier,
  isFunction,
  isInside,
  unwrap,
  outermost,
} from "../../analyse/nodes.js";
import type { HeldReason } from "../../types.js";
import type { Elsewhere } from "../decided.js";
import { lineageOf, subclassesOf } from "../lineage.js";
import { endEffects } from "../uses/ends.js";
import { type Escape, membersOfThis } from "../uses/escapes.js";
import { Tracer, type Uses } from "../uses/uses.js";

/** The class whose instance is `this` where the resource is acquired. */
export function classAround({ call }: Pick<Site, "call">): ts.ClassLikeDeclaration | undefined {
  const member = ts.findAncestor(
    call,
    (up) => (isFunction(up) && !ts.isArrowFunction(up)) || ts.isPropertyDeclaration(up),
  );
  if (member === undefined || !ts.isClassLike(member.parent)) return undefined;
  const isStatic = hasModifier(member, ts.SyntaxKind.StaticKeyword);
  return isStatic || isAccessor(member) || isForeign(member.parent) ? undefined : member.parent;
}

/** `accessor x = ..`, which a decorator or a subclass may replace: who releases it is not for the class to say. */
const isAccessor = (member: ts.Node): boolean =>
  ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.AccessorKeyword);

/** Components and decorated classes have a lifecycle of their own, kept by their framework. */
function isForeign(node: ts.ClassLikeDeclaration): boolean {
  const isComponent = (node.heritageClauses ?? []).some((one) =>
    /\b(Component|PureComponent|HTMLElement|LitElement)\b/.test(one.getText()),
  );
  return isComponent || (ts.getDecorators(node) ?? []).length > 0;
}

/** What becomes of what an instance keeps in one of its fields. */
export interface FieldUses {
  readonly held: HeldReason | null;
  readonly isUnreferenced: boolean;
  readonly isPiped: boolean;
  /** The method that acquires it waits for its end. */
  readonly isWaitedFor: boolean;
  /** The members that release it, by whatever name they call it: those of superclasses and subclasses too. */
  readonly releasedBy: readonly ts.ClassElement[];
}

export interface Seen {
  readonly site: Site;
  readonly around: Elsewhere;
}

/** Where an instance keeps it: in a field, or as a member of an object in a field. */
export interface Place {
  readonly field: string;
  readonly member: string | null;
}

/** `timer` in `this.waiter = { timer, resolve }`; null where the field is the resource, undefined where nobody can tell. */
export function memberIn(
  { node: storing, value }: Pick<Escape, "node" | "value">,
  site: Site,
  { references }: Pick<Uses, "references">,
): string | null | undefined {
  const node = ts.isExpression(value) ? unwrap(value) : value;
  if (ts.isIdentifier(node) && !references.includes(node)) return undefined;
  if (ts.isArrayLiteralExpression(node)) return undefined;
  if (!ts.isObjectLiteralExpression(node)) return null;
  // `const { stream } = (this.writer = { stream: .. });`
  if (!ts.isPropertyDeclaration(storing) && !ts.isExpressionStatement(storing.parent)) return undefined;
  const part = node.properties.find((one) => {
    if (ts.isShorthandPropertyAssignment(one)) return references.includes(one.name);
    const given = ts.isPropertyAssignment(one) ? unwrap(one.initializer) : undefined;
    return given !== undefined && (given === unwrap(site.handle) || references.some((use) => use === given));
  });
  return part?.name !== undefined && ts.isIdentifier(part.name) ? part.name.text : undefined;
}

export function usesOfField(owner: ts.ClassLikeDeclaration, place: Place, { site, around }: Seen): FieldUses {
  const traces = classesWith(place.field, owner, { site, around }).map(({ node, unit }) => {
    const tracer = new Tracer({ ...site, unit }, around);
    traceField(node, place, tracer);
    return { node, tracer };
  });
  const found = traces.flatMap(({ node, tracer }) =>
    tracer.releases.flatMap((release) => node.members.find((member) => isInside(release, member)) ?? []),
  );
  const home = enclosingFunction(site.call);
  // A timeout that is cleared when it is set anew is a debounce: at most the last one fires.
  const isDebounce = site.model.lasts === "once";
  return {
    held: traces.map(({ tracer }) => tracer.held).find((one) => one !== null) ?? null,
    isUnreferenced: traces.some(({ tracer }) => tracer.isUnreferenced),
    isPiped: traces.some(({ tracer }) => tracer.isPiped),
    isWaitedFor: home !== undefined && traces.some(({ tracer }) => endEffects(tracer, home).size > 0),
    releasedBy: [...new Set(found)].filter(
      (member) => isDebounce || !isInside(site.call, member) || found.length > 1,
    ),
  };
}

/** Every class of which an instance can have the field: a `#field` is of one class alone. */
function classesWith(
  field: string,
  owner: ts.ClassLikeDeclaration,
  { site: { unit }, around }: Seen,
): readonly ClassFound[] {
  if (field.startsWith("#")) return [{ node: owner, unit }];
  const below = subclassesOf(owner, unit, around).map((node) => ({ node, unit }));
  return [...lineageOf(owner, unit, around).classes, ...below];
}

/** Follows the resource from every place where the class reads the field. */
function traceField(owner: ts.ClassLikeDeclaration, { field, member }: Place, tracer: Tracer): void {
  const reads = readsOf(owner, field);
  for (const read of member === null ? reads : reads.flatMap((one) => memberOf(one, member) ?? []))
    tracer.value(read);
  if (member !== null) return;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) takenFromThis(node, field).forEach((name) => tracer.alias(name));
    ts.forEachChild(node, visit);
  };
  owner.members.forEach(visit);
}

/** `this.waiter.timer`, `this.waiter?.timer` */
function memberOf(read: ts.Expression, member: string): ts.Expression | undefined {
  const node = outermost(read);
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  return isMember && parent.name.text === member ? parent : undefined;
}

/** `const { child } = this;` */
function takenFromThis(
  { name, initializer }: ts.VariableDeclaration,
  field: string,
): readonly ts.Identifier[] {
  if (initializer?.kind !== ts.SyntaxKind.ThisKeyword || !ts.isObjectBindingPattern(name)) return [];
  return name.elements.flatMap((one) => {
    const isOfField = (one.propertyName ?? one.name).getText() === field;
    return isOfField && ts.isIdentifier(one.name) ? [one.name] : [];
  });
}

/** Every place where the class reads a field. */
export function readsOf(owner: ts.ClassLikeDeclaration, field: string): readonly ts.Expression[] {
  return owner.members
    .flatMap((member) => membersOfThis(member, field))
    .filter((one) => !(ts.isBinaryExpression(one.parent) && one.parent.left === one));
}
