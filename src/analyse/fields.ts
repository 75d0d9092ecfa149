import { ts } from "ts-morph";
import { isAssignment, isNothing, unwrap } from "./nodes.js";

type Fields = ReadonlyMap<string, readonly ts.Expression[]>;

/** One walk for each class, however many of its calls are looked at. */
const known = new WeakMap<ts.ClassLikeDeclaration, Fields>();

/** What a class puts into each of its fields: first values and assignments to `this.x`; nothing and null left out. */
export function fieldsOf(owner: ts.ClassLikeDeclaration): Fields {
  const fields = known.get(owner) ?? collect(owner);
  known.set(owner, fields);
  return fields;
}

function collect(owner: ts.ClassLikeDeclaration): Fields {
  const found = new Map<string, ts.Expression[]>();
  const note = (name: string, value: ts.Expression | undefined): void => {
    if (value !== undefined && !isNothing(value))
      found.set(name, [...(found.get(name) ?? []), unwrap(value)]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyDeclaration(node) && node.parent === owner) note(node.name.getText(), node.initializer);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && isOwn(node.left))
      note(node.left.name.text, node.right);
    ts.forEachChild(node, visit);
  };
  owner.members.forEach(visit);
  return found;
}

function isOwn(node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}
