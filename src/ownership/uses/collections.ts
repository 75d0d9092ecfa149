import { ts } from "ts-morph";
import { enclosingFunction, isFunction, symbolOf, unwrap } from "../../analyse/nodes.js";
import { calledName, storing } from "./closures.js";
import type { Tracer } from "./uses.js";

/** One use of a collection that only one function knows. */
type Use =
  /** `for (const child of children)`, `children.map((child) => ..)` */
  | { readonly is: "each"; readonly name: ts.Identifier; readonly run: ts.ForOfStatement | ts.CallExpression }
  /** `children.pop()`, `children[0]` */
  | { readonly is: "one"; readonly value: ts.Expression }
  /** It is filled, counted, emptied. */
  | { readonly is: "none" };

const copies = new Set(["values", "reverse", "toReversed", "slice", "splice", "entries", "filter"]);
const runs = new Set(["forEach", "map"]);
const picks = new Set(["pop", "shift", "at", "get", "find"]);
const neutral = new Set(["length", "size", "clear", "delete", "has", "keys", "join"]);

/** Follows what is put into a collection; false when others than the function itself can get at it. */
export function followIntoCollection(tracer: Tracer, collection: ts.Expression): boolean {
  const name = unwrap(collection);
  if (!ts.isIdentifier(name)) return false;
  const uses = usesOf(tracer, name);
  if (uses === undefined) return false;
  tracer.holders.push(name);
  tracer.effects.set(tracer.site.handle, { is: "acquires", joins: true });
  for (const use of uses) follow(tracer, use);
  return true;
}

/** The same for a collection in a field of a class, from every place where the class reads the field. */
export function followCollectionField(tracer: Tracer, reads: readonly ts.Expression[]): boolean {
  const uses = reads.map(useOf);
  if (!uses.every((one) => one !== undefined)) return false;
  for (const use of uses) follow(tracer, use);
  return true;
}

function usesOf({ site }: Tracer, name: ts.Identifier): readonly Use[] | undefined {
  const { unit, call } = site;
  const symbol = symbolOf(name, unit.checker);
  const declaration = symbol?.declarations?.[0];
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !isFresh(declaration))
    return undefined;
  const home = enclosingFunction(call);
  if (home === undefined || enclosingFunction(declaration) !== home) return undefined;
  const all = (unit.identifiers.get(name.text) ?? []).filter(
    (one) => one.parent !== declaration && symbolOf(one, unit.checker) === symbol,
  );
  const uses = all.map((one) => (enclosingFunction(one) === home ? useOf(one) : undefined));
  return uses.every((one) => one !== undefined) ? uses : undefined;
}

/** `const children = []`, `const children = new Map<string, ChildProcess>()` */
function isFresh({ initializer, parent }: ts.VariableDeclaration): boolean {
  if (initializer === undefined || (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) === 0) return false;
  const made = unwrap(initializer);
  if (ts.isArrayLiteralExpression(made)) return made.elements.length === 0;
  return (
    ts.isNewExpression(made) &&
    /^(Map|Set|Array)$/.test(made.expression.getText()) &&
    (made.arguments ?? []).length === 0
  );
}

function useOf(reference: ts.Expression): Use | undefined {
  let node = reference;
  for (let copy = copyOf(node); copy !== undefined; copy = copyOf(node)) node = copy;
  const parent = node.parent;
  if (ts.isForOfStatement(parent) && parent.expression === node) return loop(parent);
  if (ts.isElementAccessExpression(parent) && parent.expression === node) return { is: "one", value: parent };
  return ts.isPropertyAccessExpression(parent) && parent.expression === node ? member(parent) : undefined;
}

/** `[...children]`, `children.reverse()` */
function copyOf(node: ts.Expression): ts.Expression | undefined {
  const parent = node.parent;
  if (ts.isSpreadElement(parent))
    return ts.isArrayLiteralExpression(parent.parent) && parent.parent.elements.length === 1
      ? parent.parent
      : undefined;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  return isMember && copies.has(parent.name.text) && ts.isCallExpression(parent.parent)
    ? parent.parent
    : undefined;
}

function loop(run: ts.ForOfStatement): Use | undefined {
  if (!ts.isVariableDeclarationList(run.initializer)) return undefined;
  const name = lastName(run.initializer.declarations[0]?.name);
  return name === undefined ? undefined : { is: "each", name, run };
}

function member(access: ts.PropertyAccessExpression): Use | undefined {
  const name = access.name.text;
  const call = access.parent;
  if (neutral.has(name)) return { is: "none" };
  if (!ts.isCallExpression(call) || call.expression !== access) return undefined;
  if (storing.has(name)) return ts.isExpressionStatement(call.parent) ? { is: "none" } : undefined;
  if (picks.has(name)) return { is: "one", value: call };
  const [callback] = call.arguments;
  if (!runs.has(name) || callback === undefined || !isFunction(callback)) return undefined;
  const each = lastName(callback.parameters[0]?.name);
  return each === undefined ? undefined : { is: "each", name: each, run: call };
}

/** `child`, or `child` in `[name, child]`. */
function lastName(name: ts.BindingName | undefined): ts.Identifier | undefined {
  if (name === undefined || ts.isIdentifier(name)) return name;
  if (!ts.isArrayBindingPattern(name)) return undefined;
  const last = name.elements.at(-1);
  return last !== undefined && ts.isBindingElement(last) && ts.isIdentifier(last.name)
    ? last.name
    : undefined;
}

function follow(tracer: Tracer, use: Use): void {
  if (use.is === "none") return;
  if (use.is === "one") return tracer.value(use.value);
  const before = tracer.releases.length;
  if (ts.isForOfStatement(use.run)) tracer.alias(use.name);
  else tracer.lend(use.name);
  const isReleasing = tracer.releases.slice(before).some((one) => isEachTime(one, use.run));
  if (isReleasing) tracer.effects.set(releasingNode(use.run), { is: "releases", mayFail: false });
}

/** The release is not behind a condition: each round of the loop comes past it. */
function isEachTime(release: ts.Node, run: ts.Node): boolean {
  let isPlain = false;
  ts.findAncestor(release, (up) => {
    isPlain = up === run;
    const isBranch =
      ts.isIfStatement(up) ||
      ts.isSwitchStatement(up) ||
      ts.isConditionalExpression(up) ||
      ts.isCatchClause(up) ||
      (ts.isIterationStatement(up, false) && up !== run);
    return isPlain || isBranch ? "quit" : false;
  });
  return isPlain;
}

/** `await Promise.all(children.map(..))`: over when all have been released. */
function releasingNode(run: ts.Node): ts.Node {
  const all = run.parent;
  const isAll =
    ts.isCallExpression(run) && ts.isCallExpression(all) && /^(all|allSettled)$/.test(calledName(all));
  return isAll && ts.isAwaitExpression(all.parent) ? all.parent : run;
}
