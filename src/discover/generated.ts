import type { Skipped } from "../types.js";

/** Why nobody edits this text by hand; null for a text that people write. */
export function notHandWritten(file: string, text: string): Skipped["reason"] | null {
  if (hasGeneratedHeader(text) || isCompilerOutput(file, text)) return "generated";
  return isMinified(text) ? "minified" : null;
}

const markers = [
  /(?:^|[\s*])@generated\b/,
  /\bDO NOT (?:EDIT|MODIFY)\b/,
  /\bdo not (?:edit|modify|change) (?:this file|it|directly|by hand|manually)\b/i,
  /\b(?:is|was|been|file|code) (?:auto-?generated|automatically generated|generated automatically)\b/i,
  /\b(?:auto-?generated|automatically generated) (?:by|from|using|with|via)\b/i,
  /^\W*(?:auto-?generated|automatically generated)\b/i,
  /^\W*(?:this file |code )?(?:is |was )?generated (?:by|from|using|with)\b/i,
];

/** Only the comments on top count: a generator holds the same words in a string. */
function hasGeneratedHeader(text: string): boolean {
  return headOf(text).comments.some((line) => markers.some((marker) => marker.test(line)));
}

interface Head {
  readonly comments: readonly string[];
  /**
   * The first line that is neither comment, directive, import nor a declaration of a compiler's own variables; empty when
   * the head ends before it.
   */
  readonly code: string;
}

function headOf(text: string): Head {
  const comments: string[] = [];
  let inside = false;
  for (const raw of text.slice(0, 2048).split(/\r?\n/)) {
    const line = raw.replace(/^\u00ef\u00bb\u00bf/, "").trim();
    if (!inside && !/^(?:$|\/\/|\/\*(?!\*{5}\/)|#!|["']use |import\b|var _[a-z](?:, _[a-z])*;$)/.test(line))
      return { comments, code: line };
    if (inside || /^\/[/*]/.test(line)) comments.push(line);
    if (line.startsWith("/*") || inside) inside = !line.includes("*/");
  }
  return { comments, code: "" };
}

/** How the output of webpack, TypeScript, Babel and esbuild begins. */
const compiled =
  /^(?:\/\*{6}\/|Object\.defineProperty\(exports, "__esModule"|var __\w+ = (?:\(this && this\.__|Object\.))/;

/** JavaScript that a compiler wrote, in whatever folder it lies. */
function isCompilerOutput(file: string, text: string): boolean {
  if (!/\.[cm]?js$/.test(file)) return false;
  return compiled.test(headOf(text).code) || /\n\/\/# sourceMappingURL=\S+\s*$/.test(text.slice(-400));
}

const long = 500;

/** Most of the text stands in long lines that are code; one long line of base64 is not. */
function isMinified(text: string): boolean {
  let dense = 0;
  for (const line of text.split("\n")) if (line.length > long && isDense(line)) dense += line.length;
  return dense > text.length / 2;
}

function isDense(line: string): boolean {
  const signs = line.match(/[(){};,=]/g)?.length ?? 0;
  return signs > line.length / 20;
}
