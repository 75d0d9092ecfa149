import { isBuiltin } from "node:module";
import { ts } from "ts-morph";
import type { FileFacts } from "../types.js";
import { isRequireStatement } from "./facts.js";
import { statementEnd } from "./nodes.js";
import type { Unit } from "./unit.js";

/**
 * Where a new import of `runtime` goes: after the imports of its kind, else after the last import, else after what must
 * stay on top (shebang, licence header, directives such as "use strict", `// @ts-check`).
 */
export function findAnchor(unit: Unit, runtime: string): FileFacts["anchor"] {
  const last = lastImport(unit.source.statements, runtime);
  if (last !== undefined)
    return { at: withTrailingComment(statementEnd(last, unit.source), unit), after: "import" };
  const directive = lastDirective(unit.source.statements);
  if (directive !== undefined)
    return { at: withTrailingComment(statementEnd(directive, unit.source), unit), after: "header" };
  const header = headerEnd(unit);
  return header > 0 ? { at: header, after: "header" } : { at: unit.start, after: "start" };
}

/**
 * Where a new import of a module of Node goes: behind the last of those, among them by name where they are sorted; else
 * where one of `runtime` goes.
 */
export function anchorOfNode(unit: Unit, runtime: string): FileFacts["anchor"] {
  const { statements } = unit.source;
  const imports = statements.filter((one) => ts.isImportDeclaration(one) && isOfValues(one));
  const own = [...imports, ...leadingRequires(statements)].filter((one) => isBuiltin(loadedBy(one)));
  const names = own.map((one) => loadedBy(one).toLowerCase());
  const isSorted = names.length > 1 && names.every((name, i) => i === 0 || (names[i - 1] ?? "") <= name);
  const next = isSorted ? names.findIndex((name) => name.replace(/^node:/, "") > "stream/promises") : -1;
  const place = next > 0 ? own[next - 1] : own.at(-1);
  if (place === undefined) return findAnchor(unit, runtime);
  return { at: withTrailingComment(statementEnd(place, unit.source), unit), after: "import" };
}

/** The module of an import, or of `const x = require("x")`. */
function loadedBy(statement: ts.Statement): string {
  if (!ts.isVariableStatement(statement)) return moduleOf(statement);
  return /\brequire\(\s*["']([^"']+)["']/.exec(statement.getText())?.[1] ?? "";
}

function lastImport(statements: readonly ts.Statement[], runtime: string): ts.Statement | undefined {
  const imports = statements.filter((one) => ts.isImportDeclaration(one) || isImportRequire(one));
  return lastOfPackages(imports, runtime) ?? imports.at(-1) ?? leadingRequires(statements).at(-1);
}

/**
 * The last import of a package, in a file that imports packages first and its own files below: a package that comes
 * after them would break the order that such a project's linter asks for.
 */
function lastOfPackages(imports: readonly ts.Statement[], runtime: string): ts.Statement | undefined {
  if (isOwnFile(runtime)) return undefined;
  const values = imports.filter((one) => ts.isImportDeclaration(one) && isOfValues(one));
  const firstOwn = values.findIndex((one) => isOwnFile(moduleOf(one)));
  if (firstOwn === -1) return inOrder(lastBeforeTypes(imports, values), values, runtime);
  if (values.slice(firstOwn).some((one) => !isOwnFile(moduleOf(one)))) return undefined;
  return inOrder(values[firstOwn - 1], values, runtime);
}

/** Where the packages at the end stand in the order of their names, a new one takes its place among them. */
function inOrder(
  last: ts.Statement | undefined,
  values: readonly ts.Statement[],
  runtime: string,
): ts.Statement | undefined {
  if (last === undefined) return undefined;
  const all = values.slice(0, values.indexOf(last) + 1);
  const packages = all.slice(all.findLastIndex((one) => isBuiltin(moduleOf(one))) + 1);
  const names = packages.map((one) => moduleOf(one).toLowerCase());
  const isSorted = names.length > 1 && names.every((name, i) => i === 0 || (names[i - 1] ?? "") <= name);
  const next = isSorted ? names.findIndex((name) => name > runtime) : -1;
  return next > 0 ? packages[next - 1] : last;
}

/** The last import of values, where nothing but types follows. */
function lastBeforeTypes(
  imports: readonly ts.Statement[],
  values: readonly ts.Statement[],
): ts.Statement | undefined {
  const last = values.at(-1);
  const rest = last === undefined ? [] : imports.slice(imports.indexOf(last) + 1);
  return rest.every((one) => ts.isImportDeclaration(one) && one.importClause !== undefined)
    ? last
    : undefined;
}

/** Neither `import type`, which many keep apart, nor `import "./polyfill"`, whose place is its meaning. */
const isOfValues = ({ importClause }: ts.ImportDeclaration): boolean =>
  importClause !== undefined && importClause.phaseModifier !== ts.SyntaxKind.TypeKeyword;

function moduleOf(statement: ts.Statement): string {
  if (!ts.isImportDeclaration(statement)) return "";
  const { moduleSpecifier } = statement;
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
}

/** A path, or one of the usual aliases for the project's own folders. */
const isOwnFile = (specifier: string): boolean => /^(?:[.#/~]|@\/|src\/)/.test(specifier);

function isImportRequire(node: ts.Statement): boolean {
  return ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference);
}

/** Later `require` calls may run after code that needs the new one: only the leading run counts. */
function leadingRequires(statements: readonly ts.Statement[]): readonly ts.Statement[] {
  const stop = statements.findIndex(
    (one) => !isDirective(one) && !ts.isVariableStatement(one) && !isSetting(one),
  );
  return (stop === -1 ? statements : statements.slice(0, stop)).filter(isRequireStatement);
}

/** `process.env.DEBUG = "1"`: it runs nothing of this file. */
function isSetting(node: ts.Statement): boolean {
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return false;
  const { operatorToken, right } = node.expression;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isLiteralExpression(right);
}

function isDirective(node: ts.Statement): boolean {
  return ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);
}

function lastDirective(statements: readonly ts.Statement[]): ts.Statement | undefined {
  const stop = statements.findIndex((one) => !isDirective(one));
  return (stop === -1 ? statements : statements.slice(0, stop)).at(-1);
}

/** A comment behind a statement on the same line belongs to it. */
function withTrailingComment(end: number, { text }: Unit): number {
  const comments = ts.getTrailingCommentRanges(text, end) ?? [];
  return comments.at(-1)?.end ?? end;
}

/** End of the shebang and of the leading comments that belong to the file, not to its first statement. */
function headerEnd({ source, text }: Unit): number {
  const shebang = /^(\uFEFF)?#!.*/.exec(text)?.[0].length ?? 0;
  const first = source.statements[0]?.getStart(source) ?? source.end;
  const comments = ts.getLeadingCommentRanges(text, shebang) ?? [];
  let end = shebang;
  comments.forEach((comment, i) => {
    const next = comments[i + 1]?.pos ?? first;
    const isDetached = /\r?\n[ \t]*\r?\n/.test(text.slice(comment.end, next));
    if (isDetached || isFileComment(text.slice(comment.pos, comment.end))) end = comment.end;
  });
  return end;
}

function isFileComment(comment: string): boolean {
  return /@ts-(no)?check|@license|@licence|copyright|^\/\*!|@flow|eslint-(disable|enable|env)\b(?!-)|@jest-environment|@vitest-environment|^\/\/\/\s*<|@jsx|prettier-ignore-start|@file|@fileoverview/i.test(
    comment,
  );
}
