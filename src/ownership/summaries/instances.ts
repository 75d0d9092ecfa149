import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import type { ClassFound } from "../../analyse/callees.js";
import { definitionPath } from "../../analyse/definitions.js";
import type { Shape } from "../../analyse/inferred.js";
import { enclosingFunction, hasModifier } from "../../analyse/nodes.js";
import type { Elsewhere } from "../decided.js";
import { usesOfField } from "../fixes/class-fields.js";
import { classNamed, lineageOf } from "../lineage.js";
import { traceUses, Tracer, type Uses } from "../uses/uses.js";
import { inferredFrom } from "./model.js";
import { byName, isHarmlessTwice, publicName } from "./releasing.js";

/** An instance in an instance in an instance. */
const deepest = 4;

/**
 * The site with the instance as its handle, where the resource goes nowhere but into a new instance of a class that keeps
 * it in one field and has a method that releases it: `const app = new App(createServer())`.
 */
export function inInstance(site: Site, known: Elsewhere): Site | undefined {
  let found: Site | undefined;
  for (let hop = 0; hop < deepest; hop++) {
    const outer = aroundOnce(found ?? site, known);
    if (outer === undefined) break;
    found = outer;
  }
  return found;
}

function aroundOnce(site: Site, known: Elsewhere): Site | undefined {
  const { model, origin, unit } = site;
  if (unit.constructions.length === 0 || model.kind === "file-write" || model.lasts !== "open")
    return undefined;
  if (model.acquire.by === "method" || model.yields === "passed" || origin.promisified) return undefined;
  const uses = traceUses(site, known);
  const made = soleInstance(site, uses);
  if (made === undefined) return undefined;
  const { call, index } = made;
  const found = classNamed(call.expression, unit, known);
  const path = found === undefined ? undefined : definitionPath(found.node);
  const shape = found === undefined ? undefined : keeping({ found, index, site, known });
  if (found === undefined || path === undefined || shape === undefined) return undefined;
  const evidence = { shape, path, by: "call", isPromise: false, isNullable: false } as const;
  const inferred = inferredFrom({ ...evidence, site: { ...site, unit: found.unit } });
  return { ...site, handle: call, model: inferred.model, inferred };
}

/** The one place where the resource goes: an argument of `new`, in the function that acquires. */
function soleInstance(
  { call: acquiring }: Site,
  uses: Uses,
): { readonly call: ts.NewExpression; readonly index: number } | undefined {
  const [escape, second] = uses.escapes;
  if (escape === undefined || second !== undefined || uses.held !== null || uses.releases.length > 0)
    return undefined;
  const { node: call, value } = escape;
  if (!ts.isNewExpression(call) || enclosingFunction(call) !== enclosingFunction(acquiring)) return undefined;
  const index = (call.arguments ?? []).findIndex((one) => one === value);
  return index === -1 ? undefined : { call, index };
}

interface Question {
  readonly found: ClassFound;
  /** Which argument of the constructor it is. */
  readonly index: number;
  readonly site: Site;
  readonly known: Elsewhere;
}

/** How an instance releases what it is made with; undefined where it does not, or keeps it elsewhere as well. */
function keeping({ found, index, site, known }: Question): Shape | undefined {
  const kept = fieldsFor({ found, index, site, known });
  const [first] = kept;
  if (first === undefined || kept.some((one) => one.field !== first.field)) return undefined;
  const { field } = first;
  // A `#field` is of the class alone that has it.
  const { node, unit } = field.startsWith("#") ? first.by : found;
  const { releasedBy } = usesOfField(
    node,
    { field, member: null },
    { site: { ...site, unit }, around: known },
  );
  const methods = releasedBy.filter((one) => ts.isMethodDeclaration(one));
  const releases = methods.flatMap((one) => publicName(one) ?? []).sort(byName);
  if (releases.length === 0) return undefined;
  const isHarmless = methods.every((one) => isHarmlessTwice(one, site));
  const isSeen = lineageOf(node, unit, known).classes.some((one) => isPublicField(one.node, field));
  return { is: "holder", members: isSeen ? [field] : [], releases, isHarmless };
}

interface Kept {
  readonly field: string;
  readonly by: ClassFound;
}

/** Every field that the constructor, or that of a superclass, puts the argument into; none where it goes elsewhere too. */
function fieldsFor({ found, index, site, known }: Question): readonly Kept[] {
  const [own, ...above] = lineageOf(found.node, found.unit, known).classes;
  const constructor = own.node.members.find(
    (one) => ts.isConstructorDeclaration(one) && one.body !== undefined,
  );
  const [next] = above;
  if (constructor === undefined || !ts.isConstructorDeclaration(constructor))
    return next === undefined ? [] : fieldsFor({ found: next, index, site, known });
  const parameter = constructor.parameters[index];
  if (parameter === undefined || parameter.dotDotDotToken !== undefined || !ts.isIdentifier(parameter.name))
    return [];
  const tracer = new Tracer({ ...site, unit: own.unit }, known);
  tracer.lend(parameter.name);
  if (tracer.held !== null || tracer.isPiped) return [];
  const fields = tracer.escapes.map(({ ownership, node, value }): readonly Kept[] => {
    if (ownership.verdict === "field") return [{ field: ownership.field, by: own }];
    const at = next === undefined ? -1 : superArgument(node, value);
    return next === undefined || at === -1 ? [] : fieldsFor({ found: next, index: at, site, known });
  });
  if (fields.some((one) => one.length === 0)) return [];
  return [
    ...(isParameterField(parameter) ? [{ field: parameter.name.text, by: own }] : []),
    ...fields.flat(),
  ];
}

/** `constructor(private readonly server: Server)` */
function isParameterField(parameter: ts.ParameterDeclaration): boolean {
  return ts.isParameterPropertyDeclaration(parameter, parameter.parent);
}

/** `super(server)` */
function superArgument(node: ts.Node, value: ts.Node): number {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return -1;
  return node.arguments.findIndex((one) => one === value);
}

function isPublicField(node: ts.ClassLikeDeclaration, field: string): boolean {
  if (field.startsWith("#")) return false;
  const declared = node.members.find((one) => one.name?.getText() === field);
  const parameter = node.members
    .flatMap((one) => (ts.isConstructorDeclaration(one) ? one.parameters : []))
    .find((one) => isParameterField(one) && one.name.getText() === field);
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  const by = declared ?? parameter;
  return by !== undefined && !hidden.some((kind) => hasModifier(by, kind));
}
