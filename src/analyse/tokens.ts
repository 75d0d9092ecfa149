import { ts } from "ts-morph";
import type { Span } from "../types.js";
import { codeOf } from "../components.js";
import { parseable } from "./text.js";

/** A piece of source text that is not white space. */
export interface Token extends Span {
  readonly kind: "code" | "template" | "jsx-text" | "comment";
  readonly text: string;
}

/**
 * Every token and comment in order. The tree decides what a character belongs to: only it knows
 * a regular expression from a division, and JSX text from code.
 */
export function tokensOf(path: string, file: string): readonly Token[] {
  const { text } = codeOf(path, file);
  const source = parseText(path, file);
  const tokens: Token[] = [];
  let end = 0;
  const visit = (node: ts.Node): void => {
    if (isJsDoc(node)) return;
    if (!ts.isToken(node)) return node.getChildren(source).forEach(visit);
    const start = node.kind === ts.SyntaxKind.JsxText ? node.pos : node.getStart(source);
    tokens.push(...commentsIn(text, end, start));
    if (node.end > start)
      tokens.push({ kind: kindOf(node), text: text.slice(start, node.end), start, end: node.end });
    end = node.end;
  };
  visit(source);
  return tokens;
}

/** A tree without types or comments. */
export function parseText(path: string, file: string): ts.SourceFile {
  const { name, text } = codeOf(path, file);
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(name, parseable(text), options, true);
}

function isJsDoc(node: ts.Node): boolean {
  return node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode;
}

function kindOf(node: ts.Node): Token["kind"] {
  if (node.kind === ts.SyntaxKind.JsxText) return "jsx-text";
  return ts.isTemplateLiteralToken(node) ? "template" : "code";
}

/** Between two tokens there is nothing but white space, comments and, at the very start, a `#!` line. */
function commentsIn(text: string, start: number, end: number): readonly Token[] {
  const pattern = /\/\/[^\r\n\u2028\u2029]*|\/\*[^]*?\*\/|#![^\r\n]*|[^\s\uFEFF]+/g;
  return [...text.slice(start, end).matchAll(pattern)].map((match) => {
    const at = start + match.index;
    return { kind: "comment", text: match[0], start: at, end: at + match[0].length };
  });
}
