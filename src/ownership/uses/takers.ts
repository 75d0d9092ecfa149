import { ts } from "ts-morph";
import { modelOf } from "../../analyse/acquisitions.js";
import { fieldsOf } from "../../analyse/fields.js";
import { symbolOf, unwrap } from "../../analyse/nodes.js";
import { originOf } from "../../analyse/origins.js";
import { calledName } from "./closures.js";
import { isThisMember } from "./escapes.js";
import type { Tracer } from "./uses.js";

/**
 * `await client.connect(transport)`, where the catalogue says that the client owns the transport once that has gone
 * through: the `await`. Undefined for every other call, and where nothing waits for it.
 */
export function takingOver(
  tracer: Tracer,
  call: ts.CallExpression,
  node: ts.Expression,
): ts.AwaitExpression | undefined {
  const { expression: callee, parent } = call;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isAwaitExpression(parent)) return undefined;
  const classes = classesOf(callee.expression, tracer);
  const takes = (one: ts.Expression): boolean => {
    const { unit } = tracer.site;
    const origin = originOf(one, unit, tracer.known.exportsOf);
    const model = origin === undefined ? undefined : modelOf(origin, unit.catalogue);
    return (
      model?.takes?.some(
        ({ method, argument }) => method === calledName(call) && call.arguments[argument] === node,
      ) ?? false
    );
  };
  return classes.length > 0 && classes.every(takes) ? parent : undefined;
}

/** What `X` is in `new X()` or `: X`, for everything that a receiver can be. */
function classesOf(receiver: ts.Expression, { site: { unit } }: Tracer): readonly ts.Expression[] {
  const node = unwrap(receiver);
  if (isThisMember(node)) {
    const owner = ts.findAncestor(node, ts.isClassLike);
    return owner === undefined ? [] : (fieldsOf(owner).get(node.name.text) ?? []).map(classOf);
  }
  if (!ts.isIdentifier(node)) return [classOf(node)];
  const declaration = symbolOf(node, unit.checker)?.declarations?.[0];
  if (declaration === undefined) return [];
  if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined)
    return [classOf(unwrap(declaration.initializer))];
  const isTyped = ts.isParameter(declaration) || ts.isVariableDeclaration(declaration);
  return isTyped ? namesOf(declaration.type) : [];
}

const classOf = (value: ts.Expression): ts.Expression =>
  ts.isNewExpression(value) ? value.expression : value;

/** `Client` of `Client | undefined` */
function namesOf(type: ts.TypeNode | undefined): readonly ts.Expression[] {
  if (type === undefined) return [];
  const types = ts.isUnionTypeNode(type) ? type.types : [type];
  return types.flatMap((one) =>
    ts.isTypeReferenceNode(one) && ts.isIdentifier(one.typeName) ? [one.typeName] : [],
  );
}
