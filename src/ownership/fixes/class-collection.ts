import { ts } from "ts-morph";
import { isInside } from "../../analyse/nodes.js";
import { leaveReasons } from "../../reasons.js";
import type { Ownership } from "../../types.js";
import { isDetached } from "../child-process.js";
import { type Decided, leave } from "../decided.js";
import type { Case } from "../handle.js";
import { traitsOf } from "../traits.js";
import { followCollectionField } from "../uses/collections.js";
import { storing } from "../uses/closures.js";
import { type Escape, isThisMember } from "../uses/escapes.js";
import { Tracer } from "../uses/uses.js";
import { classAround, readsOf } from "./class-fields.js";
import { nameOf } from "./class-owner.js";
import { ownerOf } from "./class-shape.js";
import { handleOf } from "./handle-text.js";

/**
 * Fix F4: a class keeps it in a collection of its own. Undefined where that is not so, where others can get at the
 * collection, or where it ends with the program anyway and no method of the class releases it before.
 */
export function collectedByClass(ownership: Ownership, given: Case): Decided | undefined {
  const { site, uses, around, method } = given;
  const owner = classAround(site);
  const field = fieldOf(uses.escapes);
  if (owner === undefined || field === undefined) return undefined;
  const tracer = new Tracer(site, around);
  const isFollowed = followCollectionField(tracer, readsOf(owner, field));
  // A method that reads the collection belongs to its owner.
  if (!isFollowed || !tracer.escapes.every(({ node }) => node.parent === owner)) return undefined;
  const releasedBy = owner.members.filter((member) => tracer.releases.some((one) => isInside(one, member)));
  if (!traitsOf(site).outlives)
    return releasedBy.length === 0
      ? undefined
      : leave(ownership, "owned-by-class", leaveReasons["owned-by-class"]);
  if (releasedBy.length === 0 && isDetached(site)) return undefined;
  const shape = ownerOf(owner, { site, around, releasedBy });
  if (shape === undefined)
    return given.refuse("container", "The text of the class has no room for a context.");
  const { noun } = traitsOf(site);
  const [closing] = releasedBy;
  return {
    ownership,
    level: closing === undefined || isDetached(site) ? "likely" : "safe",
    outcome: { by: "class", handle: handleOf(site), method, owner: shape },
    message:
      closing === undefined
        ? `No method of the class releases what it collects in ${field}: a ${noun} outlives it.`
        : `Only ${nameOf(closing)}() ends what is in ${field}: when the program is interrupted, it lives on.`,
  };
}

/** The one field whose collection gets it: `this.children.add(child)`, `this.children[port] = child`. */
function fieldOf(escapes: readonly Escape[]): string | undefined {
  const fields = escapes.map(({ ownership, node }) =>
    ownership.verdict === "container" ? collectionOf(node) : undefined,
  );
  const [first] = fields;
  return first !== undefined && fields.every((one) => one === first) ? first : undefined;
}

function collectionOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return storing.has(node.expression.name.text) ? thisMember(node.expression.expression) : undefined;
  const isAssigned = ts.isBinaryExpression(node) && ts.isElementAccessExpression(node.left);
  return isAssigned ? thisMember(node.left.expression) : undefined;
}

function thisMember(node: ts.Expression): string | undefined {
  return isThisMember(node) ? node.name.text : undefined;
}
