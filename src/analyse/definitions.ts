import { ts } from "ts-morph";
import { hasModifier, isFunction, outermost } from "./nodes.js";

/** Stands for what a module gives as a whole: `export default ..`, `module.exports = ..`. */
const wholeModule = "export default";

/**
 * The path under which a function, a class or an object of the file is known there: `["Server", "create"]`. Undefined for
 * what has no name of its own, such as a callback.
 */
export function definitionPath(node: ts.Node): readonly string[] | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return declared(node);
  if (ts.isMethodDeclaration(node)) return memberPath(node, node.name);
  return isFunction(node) || ts.isClassExpression(node) || ts.isObjectLiteralExpression(node)
    ? valuePath(node)
    : undefined;
}

/** Path of the instances of a class; of the class itself for static members. */
export function receiverPath(member: ts.ClassElement): readonly string[] | undefined {
  const path = ts.isClassLike(member.parent) ? definitionPath(member.parent) : undefined;
  if (path === undefined || hasModifier(member, ts.SyntaxKind.StaticKeyword)) return path;
  return [...path, "prototype"];
}

function declared(node: ts.FunctionDeclaration | ts.ClassDeclaration): readonly string[] | undefined {
  if (node.name === undefined) return [wholeModule];
  return [named(node.name)];
}

/** Names of inner functions are not unique in a file. */
function named(name: ts.Identifier): string {
  const isInner = ts.findAncestor(name.parent.parent, isFunction) !== undefined;
  return isInner ? `${name.text}@${String(name.pos)}` : name.text;
}

function valuePath(node: ts.Node): readonly string[] | undefined {
  const value = outermost(node);
  const { parent } = value;
  if (ts.isVariableDeclaration(parent))
    return ts.isIdentifier(parent.name) ? [named(parent.name)] : undefined;
  if (ts.isPropertyAssignment(parent)) return memberPath(parent, parent.name);
  if (ts.isPropertyDeclaration(parent)) return memberPath(parent, parent.name);
  if (ts.isExportAssignment(parent)) return [wholeModule];
  if (!ts.isBinaryExpression(parent) || parent.right !== value) return undefined;
  const left = parent.left.getText();
  return /^(module\.)?exports\b/.test(left) ? [left.replace(/^module\.exports$/, wholeModule)] : undefined;
}

function memberPath(
  member: ts.MethodDeclaration | ts.PropertyAssignment | ts.PropertyDeclaration,
  name: ts.PropertyName,
): readonly string[] | undefined {
  const text = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? name.text : undefined;
  const owner = ts.isObjectLiteralExpression(member.parent)
    ? definitionPath(member.parent)
    : ts.isPropertyAssignment(member)
      ? undefined
      : ts.isClassElement(member)
        ? receiverPath(member)
        : undefined;
  return text === undefined || owner === undefined ? undefined : [...owner, text];
}
