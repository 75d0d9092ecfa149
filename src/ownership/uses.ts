import { ts } from "ts-morph";
import { enclosingFunction, hasModifier, isAssignment, isTransparent, symbolOf } from "../analyse/nodes.js";
import { type ExportLookup, originOf } from "../analyse/origins.js";
import type { Site } from "../analyse/acquisitions.js";
import type { HeldReason, Ownership } from "../types.js";
import { argumentUse } from "./arguments.js";
import { container, field, isDeadEnd, isDeclarationName, isLiteralPart, unknown } from "./flow.js";
import { closureEscape, isReturnIgnored } from "./closures.js";

/** A place where the program learns that the resource has ended by itself. */
export interface Observation {
  readonly event: string;
  /** The listener registration or the `once(child, "close")` call. */
  readonly call: ts.CallExpression;
}

/** Everything that happens to one handle, over all its aliases. */
export interface Uses {
  readonly escapes: readonly Ownership[];
  readonly held: HeldReason | null;
  readonly observed: readonly Observation[];
  readonly kills: readonly ts.Node[];
  readonly isUnreferenced: boolean;
  /** `stdout` and the like that leave the function: the handle must outlive it. */
  readonly partEscapes: boolean;
  /** Each identifier that stands for the handle. */
  readonly references: readonly ts.Identifier[];
  /** The handle sits in a variable of the module. */
  readonly isModuleVariable: boolean;
}

/** Methods of an EventEmitter that return the emitter itself. */
const fluent = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "prependOnceListener",
  "off",
  "removeListener",
  "removeAllListeners",
  "setMaxListeners",
]);
const listens = new Set(["on", "once", "addListener", "prependListener", "prependOnceListener"]);

/** Follows the value of an acquisition through aliases, members, calls and closures. */
export function traceUses(site: Site, exportsOf: ExportLookup): Uses {
  const tracer = new Tracer(site, exportsOf);
  tracer.value(site.call);
  return tracer;
}

/** One trace; `value` is called for each expression whose value is the handle. */
export class Tracer implements Uses {
  readonly escapes: Ownership[] = [];
  readonly observed: Observation[] = [];
  readonly kills: ts.Node[] = [];
  readonly references: ts.Identifier[] = [];
  held: HeldReason | null = null;
  isUnreferenced = false;
  partEscapes = false;
  isModuleVariable = false;
  private readonly seen = new Set<ts.Symbol>();
  /** The activation that acquires, and the functions of this file that get the handle as an argument. */
  private readonly homes: Set<ts.Node | undefined>;

  constructor(
    readonly site: Site,
    readonly exportsOf: ExportLookup,
  ) {
    this.homes = new Set([enclosingFunction(site.call)]);
  }

  value(node: ts.Expression): void {
    const parent = node.parent;
    if (isTransparent(parent) || ts.isAwaitExpression(parent)) return this.value(parent);
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
      return this.member(parent, parent.name.text);
    if (ts.isElementAccessExpression(parent) && parent.expression === node) return this.element(parent);
    if (ts.isVariableDeclaration(parent)) return this.declared(parent);
    if (ts.isBinaryExpression(parent)) return this.binary(parent, node);
    if (ts.isConditionalExpression(parent)) return parent.condition === node ? undefined : this.value(parent);
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return this.passed(parent, node);
    if (ts.isPropertyDeclaration(parent)) return this.escape(field(parent.name.getText()));
    if (isLiteralPart(parent)) return this.literal(parent);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return this.returned(parent);
    if (ts.isYieldExpression(parent))
      return this.escape({ verdict: "moved-out", reason: "escapes-yielded", leak: [] });
    if (ts.isExportAssignment(parent))
      return this.escape({ verdict: "moved-out", reason: "escapes-exported", leak: [] });
    if (!isDeadEnd(parent)) this.escape(unknown("escapes-unknown", parent));
  }

  escape(ownership: Ownership): void {
    this.escapes.push(ownership);
  }

  /** Every reference of a variable that holds the handle. */
  alias(name: ts.Identifier): void {
    const { unit } = this.site;
    const symbol = symbolOf(name, unit.checker);
    if (symbol === undefined || this.seen.has(symbol)) return;
    this.seen.add(symbol);
    for (const use of unit.identifiers.get(name.text) ?? []) {
      if (use === name || symbolOf(use, unit.checker) !== symbol || isDeclarationName(use)) continue;
      this.references.push(use);
      if (ts.isExportSpecifier(use.parent))
        this.escape({ verdict: "moved-out", reason: "escapes-exported", leak: [] });
      else if (ts.isShorthandPropertyAssignment(use.parent)) this.literal(use.parent);
      else {
        this.captured(use);
        this.value(use);
      }
    }
  }

  /** The handle is known as a parameter of another function of this file. */
  lend(parameter: ts.Identifier): void {
    this.homes.add(enclosingFunction(parameter) ?? parameter.parent.parent);
    this.alias(parameter);
  }

  /** A use inside a nested function: fine in a callback, an escape when that function is handed out. */
  private captured(use: ts.Identifier): void {
    for (
      let inner = enclosingFunction(use);
      inner !== undefined && !this.homes.has(inner);
      inner = enclosingFunction(inner)
    ) {
      const escape = closureEscape(inner, this.site.unit);
      if (escape !== undefined) this.escape(escape);
    }
  }

  private member(access: ts.PropertyAccessExpression, name: string): void {
    const call = access.parent;
    if (!ts.isCallExpression(call) || call.expression !== access) return this.part(access);
    if (name === "kill") this.kills.push(call);
    if (name === "unref") this.isUnreferenced = true;
    if (!fluent.has(name)) return;
    this.listener(call, name);
    if (!ts.isExpressionStatement(call.parent)) this.value(call);
  }

  private listener(call: ts.CallExpression, name: string): void {
    const [event] = call.arguments;
    if (!listens.has(name) || event === undefined || !ts.isStringLiteralLike(event)) return;
    if (this.site.model.ends.includes(event.text)) this.observed.push({ event: event.text, call });
  }

  /** `child[Symbol.asyncDispose]()` ends it; `child["stdout"]` is a part of it. */
  private element(access: ts.ElementAccessExpression): void {
    if (
      ts.isCallExpression(access.parent) &&
      /^Symbol\.(asyncD|d)ispose$/.test(access.argumentExpression.getText())
    )
      this.kills.push(access.parent);
    else this.part(access);
  }

  /** `child.stdout`, `child.pid`: does not move the handle, but may have to outlive the function. */
  private part(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): void {
    let node: ts.Node = access;
    while (
      isTransparent(node.parent) ||
      isLiteralPart(node.parent) ||
      ts.isObjectLiteralExpression(node.parent)
    )
      node = node.parent;
    const parent = node.parent;
    const isStored = ts.isBinaryExpression(parent) && parent.right === node && !ts.isIdentifier(parent.left);
    if (ts.isReturnStatement(parent) || isStored || (ts.isArrowFunction(parent) && parent.body === node))
      this.partEscapes = true;
  }

  private declared(node: ts.VariableDeclaration): void {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Using) === ts.NodeFlags.Using)
      this.held = "released-by-using";
    const statement = node.parent.parent;
    if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword))
      this.escape({ verdict: "moved-out", reason: "escapes-exported", leak: [] });
    if (ts.isIdentifier(node.name)) this.bound(node.name);
  }

  private bound(name: ts.Identifier): void {
    const declaration = symbolOf(name, this.site.unit.checker)?.declarations?.[0];
    if (declaration !== undefined && enclosingFunction(declaration) === undefined)
      this.isModuleVariable = true;
    this.alias(name);
  }

  private binary(parent: ts.BinaryExpression, node: ts.Expression): void {
    const operator = parent.operatorToken.kind;
    if (isAssignment(operator)) return parent.right === node ? this.assigned(parent) : undefined;
    const isChoice =
      operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken;
    const passesOn =
      isChoice ||
      ((operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.CommaToken) &&
        parent.right === node);
    if (passesOn) this.value(parent);
  }

  private assigned(parent: ts.BinaryExpression): void {
    const { left } = parent;
    if (ts.isIdentifier(left)) this.bound(left);
    else if (ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword)
      this.escape(field(left.name.text));
    else if (/^(module\.)?exports\b/.test(left.getText()))
      this.escape({ verdict: "moved-out", reason: "escapes-exported", leak: [] });
    else if (ts.isElementAccessExpression(left)) this.escape(container(left.expression));
    else this.escape(unknown("escapes-assigned", left));
    if (!ts.isExpressionStatement(parent.parent)) this.value(parent);
  }

  private passed(call: ts.CallExpression | ts.NewExpression, node: ts.Expression): void {
    if (call.expression === node) return;
    argumentUse(this, call, node);
  }

  /** The handle is put into an object or array literal: what happens to the literal happens to it. */
  private literal(part: ts.Node): void {
    let node: ts.Node = part;
    while (
      isLiteralPart(node) ||
      ts.isObjectLiteralExpression(node) ||
      isTransparent(node) ||
      ts.isAwaitExpression(node)
    )
      node = node.parent;
    if (ts.isReturnStatement(node) || ts.isArrowFunction(node)) this.returned(node);
    else if (ts.isCallExpression(node) && this.isResolve(node))
      this.escape({ verdict: "moved-out", reason: "escapes-resolved", leak: [] });
    else if (ts.isCallExpression(node) || ts.isNewExpression(node))
      this.escape(unknown("escapes-argument", node));
    else this.escape(container(node));
  }

  /** `resolve(...)` of the promise executor around it. */
  isResolve(call: ts.CallExpression | ts.NewExpression): boolean {
    if (!ts.isIdentifier(call.expression)) return false;
    const declaration = symbolOf(call.expression, this.site.unit.checker)?.declarations?.[0];
    return (
      declaration !== undefined &&
      ts.isParameter(declaration) &&
      ts.isNewExpression(declaration.parent.parent) &&
      declaration.parent.parent.expression.getText() === "Promise"
    );
  }

  private returned(node: ts.ReturnStatement | ts.ArrowFunction): void {
    const by = ts.isArrowFunction(node) ? node : enclosingFunction(node);
    if (by === undefined || isReturnIgnored(by)) return;
    if (by === enclosingFunction(this.site.call))
      this.escape({ verdict: "moved-out", reason: "escapes-returned", leak: [] });
    else if (this.homes.has(by)) this.escape(unknown("escapes-argument", by));
    else this.escape(closureEscape(by, this.site.unit) ?? unknown("escapes-closure", by));
  }

  origin(expression: ts.Expression): string {
    const origin = originOf(expression, this.site.unit, this.exportsOf);
    return origin === undefined ? "" : `${origin.module}#${origin.path.join(".")}`;
  }
}
