import { createRequire } from "node:module";
import { codeOf } from "../components.js";

/** The grammars of jscodeshift, the likelier one first: `<T>x` is only TypeScript, `<T />` only TSX. */
const grammars: Readonly<Record<string, readonly string[]>> = {
  ".ts": ["ts", "tsx"],
  ".mts": ["ts", "tsx"],
  ".cts": ["ts", "tsx"],
  ".tsx": ["tsx", "ts"],
  ".js": ["babel", "flow"],
  ".mjs": ["babel", "flow"],
  ".cjs": ["babel", "flow"],
  ".jsx": ["babel", "flow"],
};

/** The grammar that takes a text, else the likeliest one. */
export function grammarOf(path: string, text: string): string {
  const known = grammarsFor(path, text);
  return known.find((name) => parseError(name, codeOf(path, text).text) === null) ?? known[0] ?? "tsx";
}

function grammarsFor(path: string, text: string): readonly string[] {
  const extension = /\.[cm]?[jt]sx?$/.exec(codeOf(path, text).name)?.[0] ?? ".ts";
  return grammars[extension] ?? [];
}

/** A second opinion: a grammar that took the original must take the result. Null when it does. */
export function grammarError(path: string, before: string, after: string): string | null {
  const known = grammarsFor(path, before).find(
    (name) => parseError(name, codeOf(path, before).text) === null,
  );
  return known === undefined ? null : parseError(known, codeOf(path, after).text);
}

function parseError(grammar: string, text: string): string | null {
  try {
    parserOf(grammar).parse(text);
    return null;
  } catch (thrown) {
    return `jscodeshift's ${grammar} parser: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}

interface Parser {
  readonly parse: (text: string) => unknown;
}

/** Loaded on first use: it brings a whole compiler with it. */
function parserOf(grammar: string): Parser {
  const getParser: unknown = createRequire(import.meta.url)("jscodeshift/src/getParser");
  const parser: unknown = typeof getParser === "function" ? getParser(grammar) : undefined;
  if (!isParser(parser)) throw new TypeError(`jscodeshift has no parser "${grammar}".`);
  return parser;
}

function isParser(value: unknown): value is Parser {
  return typeof value === "object" && value !== null && "parse" in value && typeof value.parse === "function";
}
