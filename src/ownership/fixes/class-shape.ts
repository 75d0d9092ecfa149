import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { hasModifier, isFunction, unwrap } from "../../analyse/nodes.js";
import type { ClassOwner } from "../../types.js";

/** Names that projects give to the method that ends an object. */
export const closingNames =
  /^(close|stop|dispose|destroy|teardown|tearDown|disconnect|cleanup|cleanUp|shutdown|shutDown|terminate)$/;

interface Question {
  readonly site: Site;
  /** Members that release all that the class acquires: they stay as they are. */
  readonly releasedBy: readonly ts.ClassElement[];
}

/** Where the context and the closing method of a class go; undefined when its text has no room for them. */
export function ownerOf(
  node: ts.ClassLikeDeclaration,
  { site, releasedBy }: Question,
): ClassOwner | undefined {
  const { source, text } = site.unit;
  const [first] = node.members;
  const last = node.members.at(-1);
  const open = text.lastIndexOf("{", node.members.pos - 1) + 1;
  if (first === undefined || last === undefined || open === 0) return undefined;
  const declared = contextField(node);
  const close = releasedBy.length > 0 ? undefined : extension(node, site);
  return {
    span: { start: node.getStart(source), end: node.end },
    open,
    firstMember: first.getStart(source),
    beginsWithMethod: !ts.isPropertyDeclaration(first),
    field: declared ?? freeField(node),
    isDeclared: declared !== undefined,
    close: declared !== undefined ? { by: "none" } : (close ?? addition(node, last)),
    isRenewed: close?.by === "extend" && close.renews,
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
  const extendsOther = (node.heritageClauses ?? []).some((one) => one.token === ts.SyntaxKind.ExtendsKeyword);
  const mark = isKeyword && !isHash && !extendsOther ? "" : "#";
  for (let n = 1; ; n++) {
    const name = n === 1 ? "resources" : `resources${n}`;
    if (!taken.has(name)) return mark + name;
  }
}

function addition(node: ts.ClassLikeDeclaration, last: ts.ClassElement): ClassOwner["close"] {
  const hasOwn = node.members.some((one) => one.name?.getText() === "[Symbol.asyncDispose]");
  return hasOwn ? { by: "none" } : { by: "add", at: last.end };
}

/** The closing method that forgets this resource, where it runs to its end: there is room at its end. */
function extension(node: ts.ClassLikeDeclaration, { call, unit }: Site): Extension | undefined {
  const closing = node.members.find(
    (one): one is ts.MethodDeclaration =>
      ts.isMethodDeclaration(one) &&
      one.body !== undefined &&
      one.asteriskToken === undefined &&
      closingNames.test(one.name.getText()) &&
      !hasModifier(one, ts.SyntaxKind.StaticKeyword),
  );
  const last = closing?.body?.statements.at(-1);
  if (closing?.body === undefined || last === undefined || returns(closing.body)) return undefined;
  const isMultiline = /\n/.test(unit.text.slice(closing.body.pos, closing.body.end));
  if (!isMultiline) return undefined;
  const acquiring = ts.findAncestor(call, (up) => up.parent === node);
  return {
    by: "extend",
    at: last.end,
    waits: hasModifier(closing, ts.SyntaxKind.AsyncKeyword),
    // What is started again after it was stopped needs a context that is open.
    renews: acquiring !== undefined && ts.isMethodDeclaration(acquiring),
  };
}

type Extension = Extract<ClassOwner["close"], { by: "extend" }>;

function returns(body: ts.Block): boolean {
  const visit = (node: ts.Node): boolean =>
    ts.isReturnStatement(node) || (!isFunction(node) && ts.forEachChild(node, visit) === true);
  return body.statements.some(visit);
}
