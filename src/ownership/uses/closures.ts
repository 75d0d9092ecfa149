import { ts } from "ts-morph";
import {
  type FunctionNode,
  hasModifier,
  isFunction,
  isTransparent,
  symbolOf,
  isNewPromise,
} from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { container, type Escape, field, isThisMember, movedOut, unknown } from "./escapes.js";

/** Callers that drop what their callback returns. */
const dropsResult = new Set([
  "on",
  "once",
  "addListener",
  "addEventListener",
  "forEach",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "nextTick",
  "finally",
  "action",
]);

/** What a function returns goes nowhere: an executor, a listener, a timer callback. */
export function isReturnIgnored(node: FunctionNode): boolean {
  const parent = outermost(node).parent;
  if (ts.isNewExpression(parent)) return isNewPromise(parent);
  return (ts.isCallExpression(parent) && dropsResult.has(calledName(parent))) || isNodeCallback(node);
}

/** `(error, result) => ..`: whoever calls it goes by its arguments. */
function isNodeCallback(node: FunctionNode): boolean {
  const [first] = node.parameters;
  const isValue = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return isValue && first !== undefined && /^_?(e|er|err|error)$/.test(first.name.getText());
}

/** Name of what is called: `on` in `child.on(..)`. */
export function calledName(call: ts.CallExpression): string {
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
}

/** How a function that captures the handle, or a literal that holds it, gets out of the activation. */
export function holderEscapes(holder: ts.Node, unit: Unit): readonly Escape[] {
  return new Search(unit).of(holder, isFunction(holder) ? "function" : "literal");
}

/** The same for a call that gives back a function which captures the handle. */
export function givenEscapes(call: ts.CallExpression, unit: Unit): readonly Escape[] {
  return new Search(unit).of(call, "function");
}

type Shape = "function" | "literal";

class Search {
  private readonly seen = new Set<ts.Symbol>();

  constructor(private readonly unit: Unit) {}

  of(holder: ts.Node, shape: Shape): readonly Escape[] {
    if (ts.isFunctionDeclaration(holder))
      return holder.name === undefined ? [] : this.named(holder.name, shape);
    if (ts.isConstructorDeclaration(holder)) return [];
    if (isMember(holder)) return this.member(holder);
    return this.value(holder, shape);
  }

  private member(method: ts.Node): readonly Escape[] {
    if (ts.isObjectLiteralExpression(method.parent)) return this.value(method.parent, "literal");
    return [{ ownership: unknown("escapes-closure", method), node: method, value: method }];
  }

  private value(holder: ts.Node, shape: Shape): readonly Escape[] {
    const node = outermost(holder);
    const parent = node.parent;
    const escape = (ownership: Escape["ownership"], at: ts.Node): readonly Escape[] => [
      { ownership, node: at, value: node },
    ];
    if (ts.isReturnStatement(parent))
      return isKept(parent) ? escape(movedOut("escapes-returned"), parent) : [];
    if (ts.isArrowFunction(parent) && parent.body === node)
      return isReturnIgnored(parent) ? [] : escape(movedOut("escapes-returned"), node);
    if (ts.isYieldExpression(parent)) return escape(movedOut("escapes-yielded"), parent);
    if (ts.isExportAssignment(parent)) return escape(movedOut("escapes-exported"), parent);
    if (ts.isVariableDeclaration(parent)) return this.declared(parent, shape);
    if (ts.isPropertyDeclaration(parent)) return escape(field(parent.name.getText()), parent);
    if (ts.isBinaryExpression(parent) && parent.right === node) return this.assigned(parent, shape);
    if (isPart(parent))
      return this.value(ts.isPropertyAssignment(parent) ? parent.parent : literalOf(parent), "literal");
    const isArgument =
      ts.isNewExpression(parent) || (ts.isCallExpression(parent) && parent.expression !== node);
    return isArgument && shape === "literal" ? this.passed(parent, node) : [];
  }

  private declared(node: ts.VariableDeclaration, shape: Shape): readonly Escape[] {
    if (!ts.isIdentifier(node.name)) return [];
    const statement = node.parent.parent;
    const isExported =
      ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
    if (isExported) return [{ ownership: movedOut("escapes-exported"), node, value: node }];
    return this.named(node.name, shape);
  }

  private named(name: ts.Identifier, shape: Shape): readonly Escape[] {
    const symbol = symbolOf(name, this.unit.checker);
    if (symbol === undefined || this.seen.has(symbol)) return [];
    this.seen.add(symbol);
    const uses = this.unit.identifiers.get(name.text) ?? [];
    return uses
      .filter((use) => use !== name && symbolOf(use, this.unit.checker) === symbol)
      .flatMap((use) => {
        if (ts.isShorthandPropertyAssignment(use.parent)) return this.value(use.parent.parent, "literal");
        if (ts.isExportSpecifier(use.parent))
          return [{ ownership: movedOut("escapes-exported"), node: use, value: use }];
        return this.value(use, shape);
      });
  }

  private assigned(parent: ts.BinaryExpression, shape: Shape): readonly Escape[] {
    const { left } = parent;
    const to = (ownership: Escape["ownership"]): readonly Escape[] => [
      { ownership, node: parent, value: parent.right },
    ];
    if (ts.isIdentifier(left)) return this.named(left, shape);
    if (isThisMember(left)) return to(field(left.name.text));
    if (/^(module\.)?exports\b/.test(left.getText())) return to(movedOut("escapes-exported"));
    const isMember = ts.isElementAccessExpression(left) || ts.isPropertyAccessExpression(left);
    if (isMember && shape === "literal") return to(container(left.expression));
    return to(unknown(shape === "function" ? "escapes-closure" : "escapes-unknown", left));
  }

  private passed(call: ts.Node, value: ts.Node): readonly Escape[] {
    if (ts.isCallExpression(call) && isResolve(call, this.unit))
      return [{ ownership: movedOut("escapes-resolved"), node: call, value }];
    if (
      ts.isCallExpression(call) &&
      storing.has(calledName(call)) &&
      ts.isPropertyAccessExpression(call.expression)
    )
      return [{ ownership: container(call.expression.expression), node: call, value }];
    return [{ ownership: unknown("escapes-argument", call), node: call, value }];
  }
}

export const storing: ReadonlySet<string> = new Set(["push", "unshift", "add", "set"]);

/** `resolve(...)` of the promise executor around it. */
export function isResolve(call: ts.CallExpression | ts.NewExpression, unit: Unit): boolean {
  if (!ts.isIdentifier(call.expression)) return false;
  const declaration = symbolOf(call.expression, unit.checker)?.declarations?.[0];
  return declaration !== undefined && ts.isParameter(declaration) && isNewPromise(declaration.parent.parent);
}

function isMember(node: ts.Node): boolean {
  return ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node);
}

function isPart(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node)
  );
}

function literalOf(part: ts.Node): ts.Node {
  return ts.isArrayLiteralExpression(part) ? part : part.parent;
}

function isKept(node: ts.ReturnStatement): boolean {
  const by = ts.findAncestor(node, isFunction);
  return by === undefined || !isReturnIgnored(by);
}

function outermost(node: ts.Node): ts.Node {
  return isTransparent(node.parent) || ts.isAwaitExpression(node.parent) || isChoice(node)
    ? outermost(node.parent)
    : node;
}

function isChoice(node: ts.Node): boolean {
  return ts.isConditionalExpression(node.parent) && node.parent.condition !== node;
}
