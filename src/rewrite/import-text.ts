import type { Edit, FileFacts, ImportedName, ImportStatement } from "../types.js";
import type { Wanted } from "./imports.js";
import { endOfTrailingComment, indentAt, isFirstOnLine, lineEnd, lineStart, nextLine } from "./lines.js";
import { declaration } from "./order.js";
import { eolAt, quoteOf, usesSemicolons } from "./style.js";

/** The statement that imports the names, in the file's own module system, quotes and semicolons. */
export function importText(names: readonly ImportedName[], { facts, source }: Wanted): string {
  const quote = quoteOf(source, facts.imports);
  const module = `${quote}${facts.runtime}${quote}`;
  const end = endsWithSemicolon(facts, source) ? ";" : "";
  const gap = braceGap(facts, source);
  const braces = `{${gap}${names.map((name) => specifier(name, facts)).join(", ")}${gap}}`;
  if (facts.moduleSystem === "import") return `import ${braces} from ${module}${end}`;
  if (facts.moduleSystem === "require") return `const ${braces} = require(${module})${end}`;
  const known = facts.imports.find(
    (one) => one.form === "import-equals" && one.module === facts.runtime && !one.typeOnly,
  );
  const local = known?.bindings[0]?.local;
  if (local !== undefined) return `const ${braces} = ${local}${end}`;
  const alias = freeAlias(source);
  return `import ${alias} = require(${module})${end}${eolAt(source, facts.anchor.at)}const ${braces} = ${alias}${end}`;
}

/** A new statement where the analysis found room for it. */
export function insertStatement(names: readonly ImportedName[], request: Wanted): Edit {
  const { facts, source } = request;
  const { at, after } = facts.anchor;
  const text = closed(importText(names, request), source, at);
  const eol = eolAt(source, at);
  const restOfLine = source.slice(at, lineEnd(source, at)).trim();
  if (after === "start")
    return insertion(at, indentAt(source, at) + text + eol + (restOfLine === "" ? "" : eol));
  if (restOfLine !== "") return insertion(at, ` ${text.replace(/;?$/, ";")}`);
  const end = lineEnd(source, at);
  return insertion(
    end,
    after === "import" ? eol + indentOfImports(facts, source) + text : belowHeader(text, end, source),
  );
}

/** A script block is indented as a whole; a declaration over several lines only behind its first. */
function indentOfImports({ anchor }: FileFacts, source: string): string {
  const heads = source.slice(0, anchor.at).match(/^[ \t]*(?=(?:import|const|let|var)\b)/gm) ?? [];
  return heads.at(-1) ?? indentAt(source, anchor.at);
}

/** Code that starts with a bracket would call what a bare `require(..)` gives. */
function closed(text: string, source: string, at: number): string {
  const rest = source.slice(at).replace(/^(?:\s|\/\/.*|\/\*[^]*?\*\/)+/, "");
  return text.endsWith(")") && /^[([`/+-]/.test(rest) ? `${text};` : text;
}

/** One blank line between the import and the code; above it only when the header had one. */
function belowHeader(text: string, at: number, source: string): string {
  const eol = eolAt(source, at);
  const below = nextLine(source, at);
  const isBlank = source.slice(below, lineEnd(source, below)).trim() === "";
  if (below >= source.length) return eol + text;
  return isBlank ? eol + eol + text : eol + text + eol;
}

/** Adds specifiers to `{ a, b }`, on lines of their own when the others have them. */
export function addSpecifiers(
  { braces, bindings }: ImportStatement,
  texts: readonly string[],
  source: string,
): readonly Edit[] {
  if (braces === null) return [];
  const last = bindings.filter((one) => one.role === "named").at(-1);
  if (last === undefined) return [insertion(braces.start + 1, ` ${texts.join(", ")} `)];
  const { start, end } = last.span;
  const isOnOwnLine = isFirstOnLine(source, start) && lineEnd(source, end) < braces.end;
  if (!isOnOwnLine) return [insertion(end, texts.map((text) => `, ${text}`).join(""))];
  const comma = /^\s*,/.exec(source.slice(end, braces.end))?.[0];
  const behind = endOfTrailingComment(source, end + (comma?.length ?? 0));
  const line = eolAt(source, start) + indentAt(source, start);
  const lines = texts.map((text) => line + text).join(",");
  if (comma !== undefined) return [insertion(behind, `${lines},`)];
  return behind === end ? [insertion(end, `,${lines}`)] : [insertion(end, ","), insertion(behind, lines)];
}

/** `{a}` or `{ a }`, as most imports of the file have it. */
function braceGap({ imports }: FileFacts, source: string): "" | " " {
  const first = imports.flatMap(({ braces }) => (braces === null ? [] : [source[braces.start + 1] ?? ""]));
  const tight = first.filter((sign) => /[\w$]/.test(sign)).length;
  return tight > first.length - tight ? "" : " ";
}

export function specifier(name: ImportedName, facts: FileFacts, form?: ImportStatement["form"]): string {
  const local = facts.names[name];
  const isModule = (form ?? facts.moduleSystem) === "import";
  if (local === name) return name;
  return isModule ? `${name} as ${local}` : `${name}: ${local}`;
}

function endsWithSemicolon({ imports, anchor }: FileFacts, source: string): boolean {
  const ended = imports.filter(({ span }) => source[span.end - 1] === ";").length;
  if (imports.length > 0) return 2 * ended >= imports.length;
  const lastOfAnchor = anchor.after === "import" ? source.slice(lineStart(source, anchor.at), anchor.at) : "";
  return /;[ \t]*(\/\/.*|\/\*.*)?$/.test(lastOfAnchor) || usesSemicolons(source, null);
}

function freeAlias(source: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? "resourceContext" : `resourceContext${n}`;
    if (!new RegExp(`\\b${name}\\b`).test(source)) return name;
  }
}

function insertion(at: number, text: string): Edit {
  return { op: "insert", at, text, order: declaration };
}
