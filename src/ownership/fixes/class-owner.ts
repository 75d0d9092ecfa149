import { ts } from "ts-morph";
import { hasModifier, isFunction } from "../../analyse/nodes.js";
import { leaveReasons } from "../../reasons.js";
import { traitsOf } from "../traits.js";
import type { ClassOwner, Ownership } from "../../types.js";
import { isDetached } from "../child-process.js";
import { classAround, type FieldUses, memberIn, usesOfField } from "./class-fields.js";
import { closingNames, ownerOf } from "./class-shape.js";
import { type Decided, leave } from "../decided.js";
import { guardedConstructor } from "./constructor-guard.js";
import type { Case } from "../handle.js";
import { handleOf } from "./handle-text.js";
import { isReplacedElsewhere } from "./restarted.js";
import { isKnownToTheTop } from "./superclass.js";

type Field = Extract<Ownership, { verdict: "field" }>;

/** Fix F3: the class becomes the owner of what it stores in a field. */
export function ownedByClass(ownership: Field, given: Case): Decided {
  const { site, uses } = given;
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
  const [escape] = uses.escapes;
  const member = escape === undefined ? undefined : memberIn(escape, site, uses);
  if (member === undefined)
    given.refuse("class", "An object around it is in the field, and is not followed.");
  if (owner === undefined || !isOnlyField || uses.isSplit || member === undefined) return left(ownership);
  const field = usesOfField(owner, { field: ownership.field, member }, given);
  const known: Field = { ...ownership, releasedBy: field.releasedBy.map(nameOf) };
  const keeping: Keeping = { ...given, owner, field, ownership: known };
  if (field.held !== null)
    return leave({ verdict: "held", reason: field.held }, field.held, leaveReasons[field.held]);
  return (field.releasedBy.length === 0 ? whyLeft(keeping) : undefined) ?? kept(keeping);
}

interface Keeping extends Case {
  readonly owner: ts.ClassLikeDeclaration;
  readonly field: FieldUses;
  readonly ownership: Field;
}

function left(ownership: Field): Decided {
  return leave(ownership, "escapes-field", leaveReasons["escapes-field"]);
}

/** Why nothing is done about a field that no method releases; undefined where the class may become its owner. */
function whyLeft({ owner, field, ownership, site, around, refuse }: Keeping): Decided | undefined {
  if (isDetached(site))
    return leave({ verdict: "daemon", reason: "detached" }, "detached", leaveReasons.detached);
  // It closes at the end of the pipe, and nobody would call a closing method that the class never had.
  if (field.isPiped)
    return leave({ verdict: "event", observed: "pipe" }, "driven-by-pipe", leaveReasons["driven-by-pipe"]);
  if (closesSuper(owner) && !isKnownToTheTop(owner, site.unit, around)) {
    refuse("class", "Its closing method calls that of its superclass, which may release it.");
    return left(ownership);
  }
  if (!isSeenBelow(owner, ownership.field)) return undefined;
  refuse("class", "The class is abstract: a class that extends it may release the field.");
  return left(ownership);
}

/** Classes of other files have the fields of an abstract class that are not its own affair. */
function isSeenBelow(owner: ts.ClassLikeDeclaration, field: string): boolean {
  const declared = owner.members.find((one) => one.name?.getText() === field);
  const isPrivate = declared !== undefined && hasModifier(declared, ts.SyntaxKind.PrivateKeyword);
  return hasModifier(owner, ts.SyntaxKind.AbstractKeyword) && !field.startsWith("#") && !isPrivate;
}

function kept({ owner, field, ownership, ...given }: Keeping): Decided {
  const { site, around } = given;
  const { outlives } = traitsOf(site);
  const isReplaced = isReplacedElsewhere(owner, ownership.field, given);
  const isReleased = field.releasedBy.length > 0;
  if (isReleased && !outlives && !isReplaced) return released(ownership, given);
  const guarded = isReleased && !isReplaced ? guardedConstructor(ownership, given) : undefined;
  if (guarded?.level === "safe") return { ...guarded, level: levelOf(site) };
  const shape = ownerOf(owner, { site, around, releasedBy: isReplaced ? [] : field.releasedBy });
  if (shape !== undefined) return adopted(ownership, shape, { ...given, isReplaced });
  given.refuse("class", "The class has no room for a context, or for a dispose method of its own.");
  return isReleased && outlives ? ofProgram(ownership, given) : left(ownership);
}

function released(ownership: Field, given: Case): Decided {
  given.refuse("class", `The class releases it already: ${ownership.releasedBy.join(", ")}.`);
  return (
    guardedConstructor(ownership, given) ?? leave(ownership, "owned-by-class", leaveReasons["owned-by-class"])
  );
}

/** The class ends it; the root context does where the class has no time to. */
function ofProgram(ownership: Field, { site, method }: Case): Decided {
  return {
    ownership,
    ...interrupted(ownership, site),
    outcome: { by: "root", handle: handleOf(site), method },
  };
}

interface Owned extends Case {
  /** Another member of the class puts a second one in its place. */
  readonly isReplaced: boolean;
}

function adopted(ownership: Field, owner: ClassOwner, { site, method, isReplaced }: Owned): Decided {
  const { noun, outlives } = traitsOf(site);
  const handle = handleOf(site);
  const outcome = { by: "class", handle, method, owner } as const;
  if (outlives && ownership.releasedBy.length > 0)
    return { ownership, outcome, ...interrupted(ownership, site) };
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

function interrupted({ releasedBy }: Field, site: Case["site"]): Pick<Decided, "level" | "message"> {
  return {
    level: levelOf(site),
    message: `Only ${releasedBy[0] ?? ""}() ends it: when the program is interrupted, it lives on.`,
  };
}

/** The leader of a group has an end of its own, which the program may reach in other ways. */
function levelOf(site: Case["site"]): Decided["level"] {
  return isDetached(site) ? "likely" : "safe";
}

/** A closing method of the class goes on to that of its superclass. */
function closesSuper(owner: ts.ClassLikeDeclaration): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.expression.kind === ts.SyntaxKind.SuperKeyword &&
      closingNames.test(node.expression.name.text)) ||
    ts.forEachChild(node, visit) === true;
  return owner.members.some(visit);
}

export function nameOf(member: ts.ClassElement): string {
  if (member.name === undefined) return "constructor";
  return member.name.getText();
}
