import { isBuiltin } from "node:module";
import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import {
  enclosingFunction,
  hasModifier,
  isAssignment,
  isTransparent,
  symbolOf,
  type FunctionNode,
  isNewPromise,
} from "../../analyse/nodes.js";
import { calledName, holderEscapes, isResolve, isReturnIgnored, storing } from "./closures.js";
import {
  container,
  field,
  isDeclarationName,
  isLiteralPart,
  isThisMember,
  movedOut,
  unknown,
} from "./escapes.js";
import { isReleaseFunction } from "./releases.js";
import type { Tracer } from "./uses.js";
import type { Ownership } from "../../types.js";

/**
 * What a value that comes from the path of a folder is: the path, spelt in another way; a path inside of it; what some
 * function made out of it, which may need the folder for as long as it is there.
 */
type Standing = "same" | "inside" | "made";

/** What the program holds of it is a path, and any text can be made of a path; `tmp.dirSync()` gives an object. */
export function isPath({ model, inferred }: Pick<Site, "model" | "inferred">): boolean {
  const isBare = inferred === null || inferred.shape.is === "itself";
  const isObject = model.release.some(({ by }) => by === "method");
  return isBare && !isObject && (model.kind === "temp-dir" || model.kind === "temp-file");
}

/** The path of `tmp.dirSync()` is one of its members, and where that goes is not followed. */
export function hidesPath(site: Pick<Site, "model" | "inferred">): boolean {
  return (site.model.kind === "temp-dir" || site.model.kind === "temp-file") && !isPath(site);
}

/** Follows what is computed from the path of a temporary folder: whoever gets that needs the folder. */
export class PathUses {
  private readonly seen = new Set<ts.Node | ts.Symbol>();

  constructor(private readonly tracer: Tracer) {}

  follow(node: ts.Expression, is: Standing): void {
    const parent = node.parent;
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (isTransparent(parent) || ts.isAwaitExpression(parent)) this.follow(parent, is);
    else if (ts.isConditionalExpression(parent)) {
      if (parent.condition !== node) this.follow(parent, is);
    } else if (ts.isBinaryExpression(parent)) this.binary(parent, node, is);
    else if (ts.isTemplateSpan(parent)) this.follow(parent.parent, is === "made" ? is : "inside");
    else if (ts.isPropertyAccessExpression(parent)) this.member(parent, is);
    else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.expression !== node) this.argument(parent, node, is);
    } else if (ts.isVariableDeclaration(parent)) this.bound(parent.name, is);
    else if (isLiteralPart(parent)) this.literal(parent, is);
    else this.leaves(parent, node, is);
  }

  private leaves(parent: ts.Node, node: ts.Expression, is: Standing): void {
    if (ts.isReturnStatement(parent))
      this.returned(enclosingFunction(parent), { node: parent, value: node, is });
    else if (ts.isArrowFunction(parent) && parent.body === node)
      this.returned(parent, { node, value: node, is });
    else if (ts.isYieldExpression(parent))
      this.escape(movedOut("escapes-yielded"), { node: parent, value: node, is });
    else if (ts.isExportAssignment(parent))
      this.escape(movedOut("escapes-exported"), { node: parent, value: node, is });
    else if (ts.isPropertyDeclaration(parent))
      this.escape(field(parent.name.getText()), { node: parent, value: node, is });
  }

  literal(part: ts.Node, is: Standing): void {
    const holder = literalOf(part);
    if (holder !== undefined) this.follow(holder, is === "made" ? is : "inside");
  }

  private escape(ownership: Ownership, { node, value, is }: Way): void {
    // A folder of the module stays with the module, whoever is told of a file in it.
    if (is === "made" || (is === "inside" && this.tracer.isModuleVariable)) this.tracer.dependent ??= node;
    else this.tracer.escape(ownership, node, value);
  }

  /** `path.replace("a", "b")` is a text as well; a member of something made tells nothing of the folder. */
  private member(access: ts.PropertyAccessExpression, is: Standing): void {
    const call = access.parent;
    if (is !== "made" && ts.isCallExpression(call) && call.expression === access) this.follow(call, "inside");
  }

  private binary(parent: ts.BinaryExpression, node: ts.Expression, is: Standing): void {
    const operator = parent.operatorToken.kind;
    if (isAssignment(operator)) {
      if (parent.right === node) this.assigned(parent, is);
      return;
    }
    const keeps = [
      ts.SyntaxKind.BarBarToken,
      ts.SyntaxKind.QuestionQuestionToken,
      ts.SyntaxKind.AmpersandAmpersandToken,
      ts.SyntaxKind.CommaToken,
    ];
    if (keeps.includes(operator)) this.follow(parent, is);
    else if (operator === ts.SyntaxKind.PlusToken) this.follow(parent, is === "made" ? is : "inside");
  }

  private assigned(parent: ts.BinaryExpression, is: Standing): void {
    const { left } = parent;
    const way = { node: parent, value: parent.right, is };
    if (ts.isIdentifier(left)) this.named(left, is);
    else if (isThisMember(left)) this.escape(field(left.name.text), way);
    else if (ts.isElementAccessExpression(left) || ts.isPropertyAccessExpression(left))
      this.escape(container(left.expression), way);
    else this.escape(unknown("escapes-unknown", left), way);
  }

  private bound(name: ts.BindingName, is: Standing): void {
    if (ts.isIdentifier(name)) return this.named(name, is);
    for (const one of name.elements) if (ts.isBindingElement(one)) this.bound(one.name, is);
  }

  private named(name: ts.Identifier, is: Standing): void {
    const { unit } = this.tracer.site;
    const symbol = symbolOf(name, unit.checker);
    if (symbol === undefined || this.seen.has(symbol)) return;
    this.seen.add(symbol);
    for (const use of unit.identifiers.get(name.text) ?? []) {
      if (use === name || symbolOf(use, unit.checker) !== symbol || isDeclarationName(use)) continue;
      this.captured(use, is);
      if (ts.isShorthandPropertyAssignment(use.parent)) this.follow(use.parent.parent, is);
      else this.follow(use, is);
    }
  }

  /** A function that uses it may run when the activation is over. */
  private captured(use: ts.Identifier, is: Standing): void {
    const { homes, site } = this.tracer;
    let inner: FunctionNode | undefined = enclosingFunction(use);
    if (inner !== undefined && !homes.has(inner) && !runsNow(inner)) this.tracer.dependent ??= use;
    for (; inner !== undefined && !homes.has(inner); inner = enclosingFunction(inner))
      for (const { ownership, node, value } of holderEscapes(inner, site.unit))
        this.escape(ownership, { node, value, is });
  }

  private returned(home: FunctionNode | undefined, way: Way): void {
    const { homes, site } = this.tracer;
    if (home === undefined || isReturnIgnored(home)) return;
    if (homes.has(home)) return this.escape(movedOut("escapes-returned"), way);
    if (ts.isCallExpression(home.parent)) return this.follow(home.parent, way.is);
    for (const one of holderEscapes(home, site.unit)) this.escape(one.ownership, { ...one, is: way.is });
    this.tracer.dependent ??= way.node;
  }

  argument(call: ts.CallExpression | ts.NewExpression, node: ts.Expression, is: Standing): void {
    const { tracer } = this;
    const way = { node: call, value: node, is };
    if (isResolve(call, tracer.site.unit)) return this.escape(movedOut("escapes-resolved"), way);
    const origin = tracer.origin(call.expression);
    const at = call.arguments?.indexOf(node) ?? -1;
    if (is === "same" && isReleaseFunction(tracer.site, origin, at) && ts.isCallExpression(call))
      return tracer.release(call);
    if (is !== "made" && respells.test(origin))
      return this.follow(call, call.arguments?.length === 1 ? is : "inside");
    if (is !== "made" && extendsIt.test(origin)) return this.follow(call, "inside");
    if (keepsNothing(origin)) return;
    const callee = call.expression;
    if (ts.isCallExpression(call) && ts.isPropertyAccessExpression(callee) && storing.has(callee.name.text))
      return this.escape(container(callee.expression), way);
    this.follow(call, "made");
  }
}

/** An executor of a promise, or a callback that is called for each element: over when the call is. */
function runsNow(inner: FunctionNode): boolean {
  const call = inner.parent;
  if (isNewPromise(call)) return true;
  const isAsync = hasModifier(inner, ts.SyntaxKind.AsyncKeyword);
  return (
    ts.isCallExpression(call) && !isAsync && /^(forEach|map|filter|some|every|find)$/.test(calledName(call))
  );
}

interface Way {
  /** Evaluating it hands the value over. */
  readonly node: ts.Node;
  readonly value: ts.Node;
  readonly is: Standing;
}

const respells =
  /^(fs#(promises\.)?realpath(Sync)?(\.native)?|fs\/promises#realpath|path#(\w+\.)?(resolve|normalize))$/;
const extendsIt = /^(path#(\w+\.)?(join|dirname|format|toNamespacedPath)|url#(pathToFileURL|fileURLToPath))$/;

/** What Node makes of it does not need the folder any more, except for children, streams and open files. */
function keepsNothing(origin: string): boolean {
  const [module = "", name = ""] = origin.split("#");
  if (!isBuiltin(module)) return false;
  if (module === "child_process") return name.endsWith("Sync");
  return !/^(fs|fs\/promises)$/.test(module) || !/(^|\.)(create\w+Stream|open\w*|watch\w*)$/.test(name);
}

function literalOf(part: ts.Node): ts.Expression | undefined {
  if (ts.isArrayLiteralExpression(part)) return part;
  const holder = part.parent;
  return ts.isArrayLiteralExpression(holder) || ts.isObjectLiteralExpression(holder) ? holder : undefined;
}
