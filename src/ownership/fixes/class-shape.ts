import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { hasModifier, isFunction, unwrap } from "../../analyse/nodes.js";
import type { ClassOwner } from "../../types.js";
import type { Elsewhere } from "../decided.js";
import { superclassOf } from "../lineage.js";
import { hiddenBy } from "./superclass.js";

/** Names that projects give to the method that ends an object. */
export const closingNames =
  /^(close|stop|dispose|destroy|teardown|tearDown|disconnect|cleanup|cleanUp|shutdown|shutDown|terminate)$/;

interface Question {
  readonly site: Site;
  readonly around: Elsewhere;
  /** Members that release all that the class acquires: they stay as they are. */
  readonly releasedBy: readonly ts.ClassElement[];
}

/** Where the context and the closing method of a class go; undefined when its text has no room for them. */
export function ownerOf(
  node: ts.ClassLikeDeclaration,
  { site, around, releasedBy }: Question,
): ClassOwner | undefined {
  const { source, text } = site.unit;
  const [first] = node.members;
  const open = text.lastIndexOf("{", node.members.pos - 1) + 1;
  if (first === undefined || open === 0) return undefined;
  const declared = contextField(node);
  const extended = releasedBy.length > 0 ? undefined : extension(node, site);
  const close = declared === undefined ? (extended ?? addition(node, { site, around, releasedBy })) : none;
  if (close === undefined) return undefined;
  return {
    span: { start: node.getStart(source), end: node.end },
    open,
    firstMember: first.getStart(source),
    beginsWithMethod: !ts.isPropertyDeclaration(first),
    field: declared ?? freeField(node),
    isDeclared: declared !== undefined,
    close,
    isRenewed: close.by === "extend" && close.renews,
  };
}

/** A field that a former run, or somebody by hand, put there. */
function contextField(node: ts.ClassLikeDeclaration): string | undefined {
  const field = node.members.find((one) => {
    if (!ts.isPropertyDeclaration(one) || one.initializer === undefined) return false;
    const made = unwrap(one.initializer);
    return ts.isNewExpression(made) && /\bResourceContext\d*$/.test(made.expression.getText());
  });
  return field?.name?.getText();
}

/** `#resources`, or a private field where the class writes its private members that way. */
function freeField(node: ts.ClassLikeDeclaration): string {
  const taken = new Set(node.members.map((one) => one.name?.getText().replace(/^#/, "") ?? ""));
  const isHash = node.members.some((one) => one.name !== undefined && ts.isPrivateIdentifier(one.name));
  const isKeyword = node.members.some((one) => hasModifier(one, ts.SyntaxKind.PrivateKeyword));
  const mark = isKeyword && !isHash && superclassOf(node) === undefined ? "" : "#";
  for (let n = 1; ; n++) {
    const name = n === 1 ? "resources" : `resources${n}`;
    if (!taken.has(name)) return mark + name;
  }
}

const none = { by: "none" } as const;

/** Undefined where a dispose method might hide one that nobody can see from here, or where one is there that says nothing. */
function addition(
  node: ts.ClassLikeDeclaration,
  { site, around, releasedBy }: Question,
): ClassOwner["close"] | undefined {
  const hasOwn = node.members.some((one) => one.name?.getText() === "[Symbol.asyncDispose]");
  if (hasOwn) return releasedBy.length > 0 ? none : undefined;
  const hidden = hiddenBy(node, site.unit, around);
  const at = node.members.at(-1)?.end ?? node.end - 1;
  return hidden === "unknown" ? undefined : { by: "add", at, callsSuper: hidden === "disposer" };
}

/** The closing method that forgets this resource, where it runs to its end: there is room at its end. */
function extension(node: ts.ClassLikeDeclaration, { call, unit }: Site): Extension | undefined {
  const closing = [...node.members.filter(isClosing)]
    .sort((a, b) => Number(ts.isComputedPropertyName(a.name)) - Number(ts.isComputedPropertyName(b.name)))
    .find((one) => hasRoom(one, unit));
  const last = closing?.body?.statements.at(-1);
  if (closing === undefined || last === undefined) return undefined;
  const acquiring = ts.findAncestor(call, (up) => up.parent === node);
  return {
    by: "extend",
    at: last.end,
    waits: hasModifier(closing, ts.SyntaxKind.AsyncKeyword),
    // What is started again after it was stopped needs a context that is open; what is disposed of is over.
    renews:
      !ts.isComputedPropertyName(closing.name) &&
      acquiring !== undefined &&
      ts.isMethodDeclaration(acquiring),
  };
}

/** `stop()`, `[Symbol.asyncDispose]()` */
function isClosing(one: ts.ClassElement): one is ts.MethodDeclaration {
  return (
    ts.isMethodDeclaration(one) &&
    one.asteriskToken === undefined &&
    (closingNames.test(one.name.getText()) || /^\[Symbol\.(asyncD|d)ispose\]$/.test(one.name.getText())) &&
    !hasModifier(one, ts.SyntaxKind.StaticKeyword)
  );
}

/** Its body runs to its end, over several lines. */
function hasRoom({ body }: ts.MethodDeclaration, { text }: Site["unit"]): boolean {
  return body !== undefined && !returns(body) && /\n/.test(text.slice(body.pos, body.end));
}

type Extension = Extract<ClassOwner["close"], { by: "extend" }>;

function returns(body: ts.Block): boolean {
  const visit = (node: ts.Node): boolean =>
    ts.isReturnStatement(node) || (!isFunction(node) && ts.forEachChild(node, visit) === true);
  return body.statements.some(visit);
}
