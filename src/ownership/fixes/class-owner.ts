import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { hasModifier, isFunction, isInside } from "../../analyse/nodes.js";
import { leaveReasons } from "../../reasons.js";
import { traitsOf } from "../traits.js";
import type { ClassOwner, Ownership } from "../../types.js";
import { isDetached } from "../child-process.js";
import { closingNames, ownerOf } from "./class-shape.js";
import { type Decided, leave, type Elsewhere } from "../decided.js";
import { guardedConstructor } from "./constructor-guard.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { isReplacedElsewhere } from "./restarted.js";
import { membersOfThis } from "../uses/escapes.js";
import { Tracer } from "../uses/uses.js";

type Field = Extract<Ownership, { verdict: "field" }>;

/** Fix F3: the class becomes the owner of what it stores in a field. */
export function ownedByClass(ownership: Field, given: Case): Decided {
  const { site, uses } = given;
  const left = (): Decided => leave(ownership, "escapes-field", leaveReasons["escapes-field"]);
  const owner = classAround(site);
  const isOnlyField = uses.escapes.every(
    // A function in a field that ends the resource is a closing method in its own right.
    ({ ownership: one, value }) =>
      one.verdict === "field" && one.field === ownership.field && !isFunction(value),
  );
  if (owner === undefined)
    given.refuse("class", "No class that could own it is around: static, decorated, a component, or none.");
  else if (!isOnlyField) given.refuse("class", "It goes elsewhere as well, not only into the field.");
  else if (uses.isSplit) given.refuse("class", "It is taken apart: the field holds a part of it only.");
  if (owner === undefined || !isOnlyField || uses.isSplit) return left();
  const { held, isPiped } = traceField(owner, ownership.field, new Tracer(site, given.around));
  if (held !== null) return leave({ verdict: "held", reason: held }, held, leaveReasons[held]);
  const releasedBy = releasingMembers(owner, ownership.field, given);
  const known: Field = { ...ownership, releasedBy: releasedBy.map(nameOf) };
  const { outlives } = traitsOf(site);
  if (releasedBy.length === 0 && isDetached(site))
    return leave({ verdict: "daemon", reason: "detached" }, "detached", leaveReasons["detached"]);
  // It closes at the end of the pipe, and nobody would call a closing method that the class never had.
  if (releasedBy.length === 0 && isPiped)
    return leave({ verdict: "event", observed: "pipe" }, "driven-by-pipe", leaveReasons["driven-by-pipe"]);
  if (releasedBy.length === 0 && closesSuper(owner)) {
    given.refuse("class", "Its closing method calls that of its superclass, which may release it.");
    return left();
  }
  const isReplaced = isReplacedElsewhere(owner, ownership.field, given);
  if (releasedBy.length > 0 && !outlives && !isReplaced) return released(known, given);
  const shape = ownerOf(owner, { site, releasedBy: isReplaced ? [] : releasedBy });
  if (shape === undefined) given.refuse("class", "The text of the class has no room for a context.");
  return shape === undefined ? left() : adopted(known, shape, { ...given, isReplaced });
}

function released(ownership: Field, given: Case): Decided {
  given.refuse("class", `The class releases it already: ${ownership.releasedBy.join(", ")}.`);
  return (
    guardedConstructor(ownership, given) ?? leave(ownership, "owned-by-class", leaveReasons["owned-by-class"])
  );
}

interface Owned extends Case {
  /** Another member of the class puts a second one in its place. */
  readonly isReplaced: boolean;
}

function adopted(ownership: Field, owner: ClassOwner, { site, method, isReplaced }: Owned): Decided {
  const { noun, outlives } = traitsOf(site);
  const handle = handleOf(site);
  const outcome = { by: "class", handle, method, owner } as const;
  const [closing] = ownership.releasedBy;
  if (outlives && closing !== undefined)
    return {
      ownership,
      // The leader of a group has an end of its own, which the program may reach in other ways.
      level: isDetached(site) ? "likely" : "safe",
      outcome,
      message: `Only ${closing}() ends it: when the program is interrupted, it lives on.`,
    };
  if (isReplaced) {
    const message = `Another method puts a second ${noun} in its place and leaves the first one behind.`;
    return { ownership, level: "likely", outcome, message };
  }
  // What ends with the program gains nothing by a method that nobody calls yet.
  return outlives || owner.close.by !== "add"
    ? { ownership, level: "likely", outcome, message: `No method of the class releases the ${noun}.` }
    : {
        ownership,
        level: "unsafe",
        outcome,
        message: `No method of the class releases the ${noun}: whoever makes an instance would have to call the new one.`,
      };
}

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

/** The members that release the field, by whatever name they call it. */
export function releasingMembers(
  owner: ts.ClassLikeDeclaration,
  field: string,
  { site, around }: { readonly site: Site; readonly around: Elsewhere },
): readonly ts.ClassElement[] {
  const tracer = traceField(owner, field, new Tracer(site, around));
  const found = tracer.releases.flatMap(
    (release) => owner.members.find((member) => isInside(release, member)) ?? [],
  );
  // A timeout that is cleared when it is set anew is a debounce: at most the last one fires.
  const isDebounce = site.model.lasts === "once";
  return [...new Set(found)].filter(
    (member) => isDebounce || !isInside(site.call, member) || found.length > 1,
  );
}

/** Follows the resource from every place where the class reads the field. */
function traceField(owner: ts.ClassLikeDeclaration, field: string, tracer: Tracer): Tracer {
  for (const read of readsOf(owner, field)) tracer.value(read);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) takenFromThis(node, field).forEach((name) => tracer.alias(name));
    ts.forEachChild(node, visit);
  };
  owner.members.forEach(visit);
  return tracer;
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

/** A closing method of the class goes on to that of its superclass, whose text is not here. */
function closesSuper(owner: ts.ClassLikeDeclaration): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.expression.kind === ts.SyntaxKind.SuperKeyword &&
      closingNames.test(node.expression.name.text)) ||
    ts.forEachChild(node, visit) === true;
  return owner.members.some(visit);
}

/** Every place where the class reads a field. */
export function readsOf(owner: ts.ClassLikeDeclaration, field: string): readonly ts.Expression[] {
  return owner.members
    .flatMap((member) => membersOfThis(member, field))
    .filter((one) => !(ts.isBinaryExpression(one.parent) && one.parent.left === one));
}

export function nameOf(member: ts.ClassElement): string {
  if (member.name === undefined) return "constructor";
  return member.name.getText();
}
