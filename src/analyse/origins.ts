import { ts } from "ts-morph";
import type { Unit } from "./unit.js";
import { definitionPath, receiverPath } from "./definitions.js";
import { definingFile, moduleOfFile } from "./inferred.js";
import { importEquals, isProjectModule, moduleOrigin, normalPath } from "./specifiers.js";
import { fieldsOf } from "./fields.js";
import { isAssignmentTarget, isFunction, symbolOf, unwrap } from "./nodes.js";

/** Where a value comes from: a module and the member path inside it. */
export interface Origin {
  /** Specifier without the `node:` prefix. */
  readonly module: string;
  readonly path: readonly string[];
  /** It went through `util.promisify`. */
  readonly promisified: boolean;
  /** Another file of the project passes it on. */
  readonly isPassedOn: boolean;
}

/** Answers what a project file exports under a name; undefined when that is not a catalogued thing. */
export type ExportLookup = (fromFile: string, specifier: string, name: string) => Origin | undefined;

/** An expression may be an alias of an alias; real code stays far below this. */
const maxHops = 12;

/** Follows an expression back to the module it was imported from, whatever it is called here. */
export function originOf(expression: ts.Expression, unit: Unit, exportsOf: ExportLookup): Origin | undefined {
  const known = resolvers.get(unit) ?? new Map<ExportLookup, Resolver>();
  const resolver = known.get(exportsOf) ?? new Resolver(unit, exportsOf);
  resolvers.set(unit, known.set(exportsOf, resolver));
  return across(resolver.expression(expression, maxHops), unit, exportsOf);
}

/** Where a function, class or object comes from that a statement of the file defines. */
export function originOfDefinition(node: ts.Node, unit: Unit): Origin | undefined {
  const path = definitionPath(node);
  if (path === undefined) return undefined;
  return { module: moduleOfFile(unit.path), path, promisified: false, isPassedOn: false };
}

/** `require("./start")` as a whole, and what comes through an alias or from another package of the repository. */
function across(origin: Origin | undefined, unit: Unit, exportsOf: ExportLookup): Origin | undefined {
  if (origin === undefined || definingFile(origin) !== undefined) return origin;
  const [name = "default", ...rest] = origin.path;
  const found = exportsOf(unit.path, origin.module, name);
  if (found === undefined) return origin;
  return { ...found, path: [...found.path, ...rest], promisified: origin.promisified, isPassedOn: true };
}

/** One per file and knowledge: each variable is followed once, however often it is called. */
const resolvers = new WeakMap<Unit, Map<ExportLookup, Resolver>>();

class Resolver {
  private readonly known = new Map<ts.Symbol, Origin | undefined>();

  constructor(
    readonly unit: Unit,
    readonly exportsOf: ExportLookup,
  ) {}

  expression(raw: ts.Expression, hops: number): Origin | undefined {
    if (hops === 0) return undefined;
    const node = unwrap(raw);
    if (ts.isIdentifier(node)) return this.identifier(node, hops);
    if (ts.isPropertyAccessExpression(node)) return this.member(node.expression, node.name.text, hops);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      return this.member(node.expression, node.argumentExpression.text, hops);
    if (ts.isCallExpression(node)) return this.call(node, hops) ?? this.made(node, hops);
    if (ts.isNewExpression(node)) return this.made(node, hops) ?? this.instance(node, hops);
    // `(0, cp.spawn)(...)`: compilers write this to call without `this`.
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken)
      return this.expression(node.right, hops);
    if (ts.isConditionalExpression(node)) return this.both(node.whenTrue, node.whenFalse, hops);
    if (node.kind === ts.SyntaxKind.ThisKeyword) return this.receiver(node);
    return this.local(node);
  }

  /** A function, a class or an object that this file defines. */
  private local(node: ts.Node): Origin | undefined {
    return originOfDefinition(node, this.unit);
  }

  private ofFile(path: readonly string[] | undefined): Origin | undefined {
    if (path === undefined) return undefined;
    return { module: moduleOfFile(this.unit.path), path, promisified: false, isPassedOn: false };
  }

  /** `new Server()`: its methods belong to the class. */
  private instance(node: ts.NewExpression, hops: number): Origin | undefined {
    const origin = this.expression(node.expression, hops - 1);
    if (origin === undefined || definingFile(origin) === undefined) return undefined;
    return { ...origin, path: [...origin.path, "prototype"] };
  }

  /** `this.server`, where the class puts instances of one class of the project into the field, and nothing else. */
  private field(object: ts.Expression, name: string, hops: number): Origin | undefined {
    const owner = ts.findAncestor(object, ts.isClassLike);
    const values = owner === undefined ? [] : (fieldsOf(owner).get(name) ?? []);
    const [first, ...others] = values.map((value) =>
      ts.isNewExpression(value) ? this.instance(value, hops - 1) : undefined,
    );
    return first !== undefined && others.every((one) => one !== undefined && sameOrigin(one, first))
      ? first
      : undefined;
  }

  private receiver(node: ts.Expression): Origin | undefined {
    const member = ts.findAncestor(node, (up) => ts.isClassElement(up) || isUnbound(up));
    return member !== undefined && ts.isClassElement(member) ? this.ofFile(receiverPath(member)) : undefined;
  }

  /** `windows ? cp.spawn : cp.spawn` has an origin only when both branches have the same one. */
  private both(left: ts.Expression, right: ts.Expression, hops: number): Origin | undefined {
    const a = this.expression(left, hops - 1);
    const b = this.expression(right, hops - 1);
    return a !== undefined && b !== undefined && sameOrigin(a, b) ? a : undefined;
  }

  private member(object: ts.Expression, name: string, hops: number): Origin | undefined {
    const instance =
      unwrap(object).kind === ts.SyntaxKind.ThisKeyword ? this.field(object, name, hops) : undefined;
    if (instance !== undefined) return instance;
    const origin = this.expression(object, hops - 1);
    if (origin === undefined || origin.promisified) return undefined;
    if (isProjectModule(origin.module)) {
      // `utils.spawn` on a namespace import of a project file.
      const inner =
        origin.path.length === 0 ? this.exportsOf(this.unit.path, origin.module, name) : undefined;
      return passedOn(inner);
    }
    return { ...origin, path: normalPath([...origin.path, name]) };
  }

  private call(node: ts.CallExpression, hops: number): Origin | undefined {
    const [argument] = node.arguments;
    if (argument === undefined) return undefined;
    if (this.isLoad(node.expression))
      return ts.isStringLiteralLike(argument) ? moduleOrigin(argument.text, null) : undefined;
    const callee = this.expression(node.expression, hops - 1);
    if (callee?.module !== "util" || callee.path.join(".") !== "promisify") return undefined;
    const inner = this.expression(argument, hops - 1);
    return inner === undefined ? undefined : { ...inner, promisified: true };
  }

  /** `express()`, `new Pool()`: what it gives may acquire in its turn. */
  private made(node: ts.CallExpression | ts.NewExpression, hops: number): Origin | undefined {
    const maker = this.expression(node.expression, hops - 1);
    if (maker === undefined || maker.promisified || !this.unit.catalogue.makingModules.has(maker.module))
      return undefined;
    return { ...maker, path: [...maker.path, "()"] };
  }

  private isLoad(callee: ts.Expression): boolean {
    const isImport = callee.kind === ts.SyntaxKind.ImportKeyword;
    return isImport || this.isRequire(callee) || this.isBuiltinLoad(callee);
  }

  /** `process.getBuiltinModule("fs")`, whether `process` is imported or not. */
  private isBuiltinLoad(raw: ts.Expression): boolean {
    const callee = unwrap(raw);
    if (ts.isPropertyAccessExpression(callee))
      return callee.name.text === "getBuiltinModule" && this.isProcess(callee.expression);
    const declaration = ts.isIdentifier(callee) ? this.declarationOf(callee) : undefined;
    if (declaration === undefined) return false;
    if (ts.isImportSpecifier(declaration))
      return this.imported(declaration)?.path.join(".") === "getBuiltinModule";
    if (!ts.isBindingElement(declaration) || !ts.isVariableDeclaration(declaration.parent.parent))
      return false;
    const { initializer } = declaration.parent.parent;
    const name = declaration.propertyName ?? declaration.name;
    return (
      ts.isIdentifier(name) &&
      name.text === "getBuiltinModule" &&
      initializer !== undefined &&
      this.isProcess(initializer)
    );
  }

  private isProcess(raw: ts.Expression): boolean {
    const node = unwrap(raw);
    if (ts.isIdentifier(node) && this.declarationOf(node) === undefined) return node.text === "process";
    const origin = this.expression(node, 3);
    if (origin?.module === "process") return origin.path.length === 0;
    return origin?.module === "globalThis" && origin.path.join(".") === "process";
  }

  private declarationOf(name: ts.Identifier): ts.Declaration | undefined {
    return symbolOf(name, this.unit.checker)?.declarations?.[0];
  }

  private isRequire(callee: ts.Expression): boolean {
    if (!ts.isIdentifier(callee) || callee.text !== "require") return false;
    const declaration = this.declarationOf(callee);
    if (declaration === undefined) return true;
    // `const require = createRequire(import.meta.url)`
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
    const made = unwrap(declaration.initializer);
    return ts.isCallExpression(made) && this.expression(made.expression, 3)?.path.at(-1) === "createRequire";
  }

  private identifier(node: ts.Identifier, hops: number): Origin | undefined {
    const symbol = symbolOf(node, this.unit.checker);
    const [declaration, second] = symbol?.declarations ?? [];
    if (declaration === undefined) return globalOrigin(node, this.unit);
    if (symbol === undefined) return undefined;
    if (second !== undefined) return this.overloaded(symbol);
    if (!this.known.has(symbol)) this.known.set(symbol, this.declaration(declaration, hops - 1));
    return this.known.get(symbol);
  }

  /** The signatures of an overloaded function come before the one that has a body. */
  private overloaded({ declarations = [] }: ts.Symbol): Origin | undefined {
    const last = declarations.at(-1);
    return last !== undefined && declarations.every((one) => ts.isFunctionDeclaration(one))
      ? this.local(last)
      : undefined;
  }

  private declaration(node: ts.Declaration, hops: number): Origin | undefined {
    if (hops === 0) return undefined;
    if (ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportClause(node))
      return this.imported(node);
    if (ts.isImportEqualsDeclaration(node)) return importEquals(node);
    if (ts.isVariableDeclaration(node)) return this.variable(node, hops);
    if (ts.isBindingElement(node)) return this.destructured(node, hops);
    return ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) ? this.local(node) : undefined;
  }

  private imported(node: ts.ImportSpecifier | ts.NamespaceImport | ts.ImportClause): Origin | undefined {
    const declaration = ts.findAncestor(node, ts.isImportDeclaration);
    if (declaration === undefined || !ts.isStringLiteral(declaration.moduleSpecifier)) return undefined;
    const specifier = declaration.moduleSpecifier.text;
    const name = ts.isImportSpecifier(node)
      ? (node.propertyName ?? node.name).text
      : ts.isImportClause(node)
        ? "default"
        : null;
    if (isProjectModule(specifier) && name !== null)
      return passedOn(this.exportsOf(this.unit.path, specifier, name));
    return moduleOrigin(specifier, name);
  }

  private variable(node: ts.VariableDeclaration, hops: number): Origin | undefined {
    if (node.initializer === undefined) return undefined;
    const origin = this.expression(node.initializer, hops);
    return origin === undefined || this.isReassigned(node) ? undefined : origin;
  }

  private isReassigned(node: ts.VariableDeclaration): boolean {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0 || !ts.isIdentifier(node.name))
      return false;
    return (this.unit.identifiers.get(node.name.text) ?? []).some((use) => isAssignmentTarget(use));
  }

  /** `const { spawn: launch } = require("child_process")`, `const { promises: { writeFile } } = fs` */
  private destructured(node: ts.BindingElement, hops: number): Origin | undefined {
    if (node.dotDotDotToken !== undefined || node.initializer !== undefined) return undefined;
    const property = node.propertyName ?? node.name;
    if (!ts.isIdentifier(property) && !ts.isStringLiteral(property)) return undefined;
    const holder = node.parent.parent;
    const outer = ts.isBindingElement(holder)
      ? this.destructured(holder, hops)
      : ts.isVariableDeclaration(holder)
        ? this.variable(holder, hops)
        : undefined;
    if (outer === undefined || outer.promisified) return undefined;
    if (isProjectModule(outer.module))
      return passedOn(this.exportsOf(this.unit.path, outer.module, property.text));
    return { ...outer, path: normalPath([...outer.path, property.text]) };
  }
}

/** What no declaration of the file names is a global, `globalThis` itself included. */
function globalOrigin({ text }: ts.Identifier, { catalogue }: Unit): Origin | undefined {
  if (text === "globalThis" || text === "global") return moduleOrigin("globalThis", null);
  return catalogue.knownGlobals.has(text) ? moduleOrigin("globalThis", text) : undefined;
}

/** It has a `this` of its own. */
const isUnbound = (node: ts.Node): boolean =>
  (isFunction(node) && !ts.isArrowFunction(node)) || ts.isObjectLiteralExpression(node);

function passedOn(origin: Origin | undefined): Origin | undefined {
  return origin === undefined ? undefined : { ...origin, isPassedOn: true };
}

function sameOrigin(a: Origin, b: Origin): boolean {
  return a.module === b.module && a.promisified === b.promisified && a.path.join(".") === b.path.join(".");
}
