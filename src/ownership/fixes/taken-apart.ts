import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { outermost } from "../../analyse/nodes.js";
import type { Taking } from "../../fixes.js";

/** A name for the resource itself, where what holds it is taken apart at once. */
export interface Member {
  readonly name: string;
  readonly statement: ts.VariableStatement;
  readonly method: Taking;
}

/** `const { server, port } = await serve();`, where nothing but `server` has to be released. */
export function memberOf({ inferred, handle }: Site): Member | undefined {
  if (inferred?.shape.is !== "holder" || inferred.shape.releases.length > 0) return undefined;
  const { adopt } = inferred.resource;
  if (adopt.by !== "wrap" || typeof adopt.method !== "string") return undefined;
  const declaration = declarationOf(handle);
  const { members } = inferred.shape;
  const names = (declaration?.name.elements ?? []).flatMap((one) =>
    members.includes((one.propertyName ?? one.name).getText()) ? [one] : [],
  );
  const [element, second] = names;
  const statement = declaration?.parent.parent;
  if (element === undefined || second !== undefined || statement === undefined) return undefined;
  const isPlain = ts.isIdentifier(element.name) && element.initializer === undefined;
  if (!isPlain || !ts.isVariableStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  return { name: element.name.text, statement, method: adopt.method };
}

type Pattern = ts.VariableDeclaration & { readonly name: ts.ObjectBindingPattern };

/** The only declaration of a `const`. */
function declarationOf(handle: ts.Expression): Pattern | undefined {
  const node = outermost(handle);
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !isPattern(parent)) return undefined;
  const list = parent.parent;
  const isConstant = (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) !== 0;
  return isConstant && ts.isVariableDeclarationList(list) && list.declarations.length === 1
    ? parent
    : undefined;
}

const isPattern = (node: ts.VariableDeclaration): node is Pattern => ts.isObjectBindingPattern(node.name);
