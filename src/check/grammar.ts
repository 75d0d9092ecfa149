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

/** A second opinion: a grammar that took the original must take the result. Null when it does. */
export function grammarError(path: string, before: string, after: string): string | null {
  const extension = /\.[cm]?[jt]sx?$/.exec(codeOf(path, before).name)?.[0] ?? ".ts";
  const known = (grammars[extension] ?? []).find(
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
