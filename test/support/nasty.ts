import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const folder = fileURLToPath(new URL("../fixtures/nasty/", import.meta.url));

export interface NastyFile {
  readonly name: string;
  readonly text: string;
}

export function readNasty(): readonly NastyFile[] {
  return readdirSync(folder)
    .filter((name) => /\.[cm]?tsx?$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** Two real acquisitions, one of them in a scope around a template literal, and imports at the top. */
export function injected({ name, text }: NastyFile): NastyFile {
  const source = parse(name, text);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = isCommonJs(source, name) ? commonJsImports : moduleImports(declaresSpawn(source));
  const at = importPlace(source, text);
  const imports = lines.map((line) => (at.atLineStart ? line + eol : eol + line)).join("");
  const isOpen = /[^\r\n]$/.test(text);
  const tail = (isOpen ? eol : "") + appended.join(eol) + (isOpen ? "" : eol);
  return { name, text: text.slice(0, at.offset) + imports + text.slice(at.offset) + tail };
}

function moduleImports(hasOwnSpawn: boolean): readonly string[] {
  return [
    `import { ${hasOwnSpawn ? "" : "spawn, "}spawn as startChild } from "node:child_process";`,
    `import { writeFileSync as saveText } from "node:fs";`,
  ];
}

const commonJsImports = [
  `import childProcess = require("node:child_process");`,
  `import fileSystem = require("node:fs");`,
  `const startChild = childProcess.spawn, saveText = fileSystem.writeFileSync;`,
];

/** `void saveText` keeps its import alive, so that the rewrite only inserts. */
const appended = [
  "async function uploadAfterwards(path: string) {",
  '  const child = startChild("cat", [path]);',
  "  const report = `",
  " keep ${path}",
  "\ttab ;`;",
  "  await Promise.resolve(report);",
  '  await new Promise((resolve) => child.on("close", resolve));',
  "  saveText(path, report); // kept",
  "  void saveText;",
  "}",
  'startChild("true").on("exit", () => void uploadAfterwards);',
];

function isCommonJs(source: ts.SourceFile, name: string): boolean {
  return (
    name.endsWith(".cts") ||
    source.statements.some(
      (one) =>
        (ts.isExportAssignment(one) && one.isExportEquals === true) ||
        (ts.isImportEqualsDeclaration(one) && ts.isExternalModuleReference(one.moduleReference)),
    )
  );
}

function declaresSpawn(source: ts.SourceFile): boolean {
  return /\bspawn\b[^;\n]*\bfrom\b|\b(function|const|let|var|class)\s*\{?\s*spawn\b/.test(source.text);
}

interface Place {
  readonly offset: number;
  readonly atLineStart: boolean;
}

/** Behind the last import, else behind the directives, else below the shebang, else at the start. */
function importPlace(source: ts.SourceFile, text: string): Place {
  const imports = source.statements.filter(
    (one) => ts.isImportDeclaration(one) || ts.isImportEqualsDeclaration(one),
  );
  const stop = source.statements.findIndex((one) => !isDirective(one));
  const directives = stop === -1 ? source.statements : source.statements.slice(0, stop);
  const last = imports.at(-1) ?? directives.at(-1);
  if (last !== undefined) {
    const end = lineEnd(text, last.end);
    return { offset: end, atLineStart: false };
  }
  if (text.startsWith("#!")) return { offset: lineEnd(text, 0), atLineStart: false };
  return { offset: text.startsWith("\uFEFF") ? 1 : 0, atLineStart: true };
}

function isDirective(node: ts.Statement): boolean {
  return ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);
}

function lineEnd(text: string, from: number): number {
  const found = /\r?\n/.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}

function parse(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

/** Everything up to the end of the directives: shebang, licence, "use client". */
export function headOf({ name, text }: NastyFile): string {
  const source = parse(name, text);
  const stop = source.statements.findIndex((one) => !isDirective(one));
  const last = stop === -1 ? source.statements.at(-1) : source.statements[stop - 1];
  if (last !== undefined) return text.slice(0, last.end);
  return /^\uFEFF?(#!.*)?/.exec(text)?.[0] ?? "";
}

/** The raw text of every template and JSX text, in order. */
export function rawTexts({ name, text }: NastyFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node) || ts.isJsxText(node))
      found.push(text.slice(node.pos, node.end).trimStart());
    ts.forEachChild(node, visit);
  };
  visit(parse(name, text));
  return found;
}

/** Takes out what a rewrite with `using` puts in; what is left must be the original, byte for byte. */
export function withoutInsertions(text: string): string {
  const lines = text
    .replace(/^[ \t]*await using \w+ = new ResourceContext\(\);?[ \t]*\r?\n/gm, "")
    .replace(/await using \w+ = new ResourceContext\(\); /g, "")
    .replace(/\r?\n(import|const) [^\r\n]*resourceContext\b[^\r\n]*/g, "")
    .replace(/\r?\nimport [^\r\n]*["']resource-context["'];?/g, "")
    .replace(/atomicWriteFileSync\(/g, "saveText(");
  return unwrapped(lines);
}

function unwrapped(text: string): string {
  const head = /(?:ResourceContext\.root|ctx\d*)\.process\(/.exec(text);
  if (head === null) return text;
  const inner = head.index + head[0].length;
  const end = closingParenthesis(text, inner);
  return unwrapped(text.slice(0, head.index) + text.slice(inner, end) + text.slice(end + 1));
}

function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  throw new Error("an adopted call is not closed");
}
