import { ts } from "ts-morph";
import type { FileFacts, ImportBinding, ImportedName, ImportStatement } from "../types.js";
import { isComponent, isMentionedAround } from "../components.js";
import { anchorOfNode, findAnchor } from "./anchor.js";
import { hasModifier, isPropertyName, statementEnd, unwrap } from "./nodes.js";
import type { Unit } from "./unit.js";
import { usesOf } from "./uses-of.js";

/** What the project says about a file that the file itself does not show. */
export interface FileContext {
  /** Module specifier of the runtime. */
  readonly runtime: string;
  /** How Node loads a `.js` file here: `type` of the nearest package.json. */
  readonly packageType: "module" | "commonjs";
}

/** Everything about a file that rewriting needs besides the findings. */
export function factsOf(unit: Unit, context: FileContext): FileFacts {
  const imports = [...unit.source.statements, ...innerLoads(unit)].flatMap((statement) =>
    describeImport(statement, unit, context.runtime),
  );
  const from = (isWanted: (module: string) => boolean): readonly ImportBinding[] =>
    imports.filter((one) => isWanted(one.module)).flatMap((one) => one.bindings);
  const known = from((module) => module === context.runtime);
  return {
    moduleSystem: moduleSystemOf(unit, context),
    imports,
    anchor: findAnchor(unit, context.runtime),
    names: {
      ResourceContext: nameFor("ResourceContext", unit, known),
      atomicWriteFile: nameFor("atomicWriteFile", unit, known),
      atomicWriteFileSync: nameFor("atomicWriteFileSync", unit, known),
      pipeline: nameFor("pipeline", unit, from(isOfStreams)),
    },
    runtime: context.runtime,
    streams: { module: moduleOfStreams(unit, imports), anchor: anchorOfNode(unit, context.runtime) },
  };
}

const isOfStreams = (module: string): boolean => /^(node:)?stream\/promises$/.test(module);

/** As an import of it is spelt already, else with `node:` where the file has that. */
function moduleOfStreams({ text }: Unit, imports: readonly ImportStatement[]): string {
  const known = imports.find((one) => isOfStreams(one.module) && !one.typeOnly);
  const hasPrefix = /["']node:/.test(text);
  return known?.module ?? (hasPrefix ? "node:stream/promises" : "stream/promises");
}

function moduleSystemOf({ path, source }: Unit, context: FileContext): FileFacts["moduleSystem"] {
  if (/\.(mjs|mts)$/.test(path) || isComponent(path)) return "import";
  const isScript = /\.[cm]?jsx?$/.test(path);
  const isCommonJs = source.statements.some((one) => isImportEquals(one) || isExportEquals(one));
  if (source.statements.some((one) => isModuleSyntax(one) && !(isCommonJs && isTypeImport(one))))
    return path.endsWith(".cjs") ? "require" : "import";
  if (isCommonJs) return "import-equals";
  if (source.statements.some(isRequireStatement)) return "require";
  return isScript && (path.endsWith(".cjs") || context.packageType === "commonjs") ? "require" : "import";
}

function isModuleSyntax(node: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    hasModifier(node, ts.SyntaxKind.ExportKeyword) ||
    (ts.isExportAssignment(node) && node.isExportEquals !== true)
  );
}

const isImportEquals = (node: ts.Statement): boolean =>
  ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference);

const isExportEquals = (node: ts.Statement): boolean =>
  ts.isExportAssignment(node) && node.isExportEquals === true;

/** Every module system has it. */
const isTypeImport = (node: ts.Statement): boolean =>
  ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

export function isRequireStatement(node: ts.Statement): boolean {
  return (
    ts.isVariableStatement(node) &&
    node.declarationList.declarations.some((one) => loadedModule(one.initializer, isRequire) !== undefined)
  );
}

/** The specifier in `require("x")`, `require("x").y` or `await import("x")`. */
function loadedModule(
  expression: ts.Expression | undefined,
  isLoading: (call: ts.CallExpression) => boolean,
): string | undefined {
  if (expression === undefined) return undefined;
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) return loadedModule(node.expression, isLoading);
  if (!ts.isCallExpression(node)) return undefined;
  const [argument] = node.arguments;
  return isLoading(node) && argument !== undefined && ts.isStringLiteralLike(argument)
    ? argument.text
    : undefined;
}

const isRequire = ({ expression }: ts.CallExpression): boolean =>
  ts.isIdentifier(expression) && expression.text === "require";

function isLoad(call: ts.CallExpression): boolean {
  const { expression } = call;
  return isRequire(call) || expression.kind === ts.SyntaxKind.ImportKeyword || isBuiltinLoad(expression);
}

/** `process.getBuiltinModule("fs")` */
const isBuiltinLoad = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) && callee.name.text === "getBuiltinModule";

/** `const { writeFile } = await import("fs/promises")` inside a function. */
function innerLoads(unit: Unit): readonly ts.Statement[] {
  return unit.calls.filter(isLoad).flatMap((call) => {
    const statement = ts.findAncestor(call, ts.isVariableStatement);
    return statement === undefined || ts.isSourceFile(statement.parent) ? [] : [statement];
  });
}

/** Names a binding: two functions may each load a `writeFile` of their own. */
export function bindingKey(name: ts.Identifier): string {
  const statement = ts.findAncestor(name, (up) => ts.isStatement(up));
  return statement === undefined || ts.isSourceFile(statement.parent)
    ? name.text
    : `${name.text}@${name.getStart()}`;
}

function describeImport(statement: ts.Statement, unit: Unit, runtime: string): readonly ImportStatement[] {
  const shape = shapeOf(statement, unit);
  if (shape === undefined) return [];
  const plain = shape.module.replace(/^node:/, "");
  const matters =
    unit.catalogue.modules.has(plain) ||
    ["util", "events", "stream/promises", runtime].includes(plain) ||
    shape.form === "promisify";
  if (!matters) return [];
  const span = { start: statement.getStart(unit.source), end: statementEnd(statement, unit.source) };
  return [{ ...shape, span, pinned: isPinned(statement, unit) }];
}

type Shape = Omit<ImportStatement, "span" | "pinned">;

function shapeOf(node: ts.Statement, unit: Unit): Shape | undefined {
  if (ts.isImportDeclaration(node)) return importShape(node, unit);
  if (ts.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression))
      return undefined;
    const bindings = [binding(node.name, "whole", { node, unit })];
    return {
      form: "import-equals",
      module: reference.expression.text,
      typeOnly: node.isTypeOnly,
      braces: null,
      bindings,
      uses: [],
    };
  }
  return ts.isVariableStatement(node) ? variableShape(node, unit) : undefined;
}

function importShape(node: ts.ImportDeclaration, unit: Unit): Shape | undefined {
  const clause = node.importClause;
  if (clause === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  const named = clause.namedBindings;
  const bindings: ImportBinding[] = [];
  if (clause.name !== undefined) bindings.push(binding(clause.name, "default", { node: clause.name, unit }));
  if (named !== undefined && ts.isNamespaceImport(named))
    bindings.push(binding(named.name, "namespace", { node: named, unit }));
  if (named !== undefined && ts.isNamedImports(named))
    for (const one of named.elements) bindings.push(binding(one.name, "named", { node: one, unit }));
  const braces = named !== undefined && ts.isNamedImports(named) ? spanOf(named, unit) : null;
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return { form: "import", module: node.moduleSpecifier.text, typeOnly, braces, bindings, uses: [] };
}

function variableShape(node: ts.VariableStatement, unit: Unit): Shape | undefined {
  const [declaration, second] = node.declarationList.declarations;
  if (
    declaration?.initializer === undefined ||
    second !== undefined ||
    hasModifier(node, ts.SyntaxKind.ExportKeyword)
  )
    return undefined;
  const module = loadedModule(declaration.initializer, isLoad);
  const alias = module === undefined ? promisifyUses(declaration.initializer) : undefined;
  if (module === undefined && alias === undefined) return undefined;
  const pattern = declaration.name;
  if (ts.isArrayBindingPattern(pattern)) return undefined;
  const form = module === undefined ? "promisify" : "require";
  const shared = { form, module: module ?? "", typeOnly: false, uses: alias ?? [] } as const;
  if (ts.isIdentifier(pattern))
    return { ...shared, braces: null, bindings: [binding(pattern, "whole", { node, unit })] };
  const leaf = onlyLeaf(pattern);
  if (leaf !== undefined && leaf.parent.parent !== pattern)
    return { ...shared, braces: null, bindings: [binding(leaf, "whole", { node, unit })] };
  const plain = pattern.elements.every(
    (one) => ts.isIdentifier(one.name) && one.dotDotDotToken === undefined,
  );
  if (!plain) return undefined;
  const bindings = pattern.elements.flatMap((one) =>
    ts.isIdentifier(one.name) ? [binding(one.name, "named", { node: one, unit })] : [],
  );
  return { ...shared, braces: spanOf(pattern, unit), bindings };
}

/** The one name that `{ promises: { writeFile } }` binds; undefined when there are several. */
function onlyLeaf({ elements }: ts.ObjectBindingPattern): ts.Identifier | undefined {
  const [element, second] = elements;
  if (element === undefined || second !== undefined || element.dotDotDotToken !== undefined) return undefined;
  if (ts.isObjectBindingPattern(element.name)) return onlyLeaf(element.name);
  return ts.isIdentifier(element.name) ? element.name : undefined;
}

/** The names that `promisify(fs.writeFile)` refers to; undefined for any other expression. */
function promisifyUses(expression: ts.Expression): readonly string[] | undefined {
  const node = unwrap(expression);
  if (!ts.isCallExpression(node) || node.arguments.length !== 1) return undefined;
  const callee = rootName(node.expression);
  const [argument] = node.arguments;
  const value = argument === undefined ? undefined : rootName(argument);
  const isPromisify = /(^|\.)promisify$/.test(node.expression.getText());
  return isPromisify && callee !== undefined && value !== undefined ? [callee, value] : undefined;
}

/** The leftmost identifier of `fs.promises.writeFile`. */
export function rootName(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
    ? rootName(node.expression)
    : undefined;
}

function binding(
  name: ts.Identifier,
  role: ImportBinding["role"],
  { node, unit }: { readonly node: ts.Node; readonly unit: Unit },
): ImportBinding {
  return { local: bindingKey(name), role, span: spanOf(node, unit), ...countReferences(name, unit) };
}

function countReferences(name: ts.Identifier, unit: Unit): Pick<ImportBinding, "references" | "values"> {
  // Markup that uses it keeps it.
  const around = isMentionedAround(unit, name.text) ? 1 : 0;
  const uses = usesOf(name, unit);
  const values = uses.filter((one) => !isType(one));
  return { references: uses.length + around, values: values.length + around };
}

/** It is gone when the program runs; but decorators may be told the types of what they decorate. */
function isType(name: ts.Identifier): boolean {
  const type = ts.isQualifiedName(name.parent) ? name.parent : name;
  return ts.isPartOfTypeNode(type) && ts.findAncestor(name, isDecorated) === undefined;
}

const isDecorated = (node: ts.Node): boolean =>
  ts.isClassLike(node) &&
  [node, ...node.members].some(
    (one) => ts.canHaveDecorators(one) && (ts.getDecorators(one) ?? []).length > 0,
  );

function spanOf(node: ts.Node, unit: Unit): { readonly start: number; readonly end: number } {
  return { start: node.getStart(unit.source), end: node.end };
}

/** A directive comment right above belongs to the line below it, whatever that line becomes. */
function isPinned(statement: ts.Statement, { text }: Unit): boolean {
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  const last = comments.at(-1);
  return (
    last !== undefined &&
    /@ts-|eslint-disable-next-line|prettier-ignore|biome-ignore|istanbul|[cv]8 ignore/.test(
      text.slice(last.pos, last.end),
    )
  );
}

/** The local name for an export: the existing import's, else the name itself or the next free one. */
function nameFor(name: ImportedName, unit: Unit, known: readonly ImportBinding[]): string {
  const imported = (one: ImportBinding): string | undefined =>
    unit.text
      .slice(one.span.start, one.span.end)
      .replace(/^type\s+(?!as\b)/, "")
      .split(/\s+as\s+|\s*:\s*/)[0];
  return known.find((one) => imported(one) === name)?.local ?? freeName(name, unit);
}

/** `wanted`, or `wanted2`, `wanted3`, ... when the file already uses that name for something. */
export function freeName(wanted: string, unit: Unit): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}${n}`;
    const isFree = (unit.identifiers.get(name) ?? []).every(isPropertyName);
    if (isFree && !isMentionedAround(unit, name)) return name;
  }
}
