import type { ImportStatement, Span } from "../types.js";
import { indentAt, isFirstOnLine } from "./lines.js";

export type Quote = '"' | "'";

/** The line break that ends the line; on the last line the one before it; `\n` in a text of one line. */
export function eolAt(source: string, at: number): string {
  const feed = source.indexOf("\n", at);
  const nearest = feed === -1 ? source.lastIndexOf("\n") : feed;
  return nearest > 0 && source[nearest - 1] === "\r" ? "\r\n" : "\n";
}

/** One step of indentation: what the block shows, else what the file shows, else two spaces. */
export function indentUnit(source: string, block: Span, first: number): string {
  const outer = indentAt(source, block.end - 1);
  const inner = indentAt(source, first);
  const isVisible = isFirstOnLine(source, block.end - 1) && isFirstOnLine(source, first);
  if (isVisible && inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  return fileIndentUnit(source);
}

function fileIndentUnit(source: string): string {
  const indents = source.match(/^[ \t]+(?=\S)/gm) ?? [];
  if (indents.filter((one) => one.startsWith("\t")).length > indents.length / 2) return "\t";
  const widths = indents.filter((one) => /^ +$/.test(one) && one.length > 1).map((one) => one.length);
  return " ".repeat(widths.length === 0 ? 2 : Math.min(8, ...widths));
}

/** The quote of the imports, else of the whole file. */
export function quoteOf(source: string, imports: readonly ImportStatement[]): Quote {
  const near = imports.map((one) => source.slice(one.span.start, one.span.end)).join("\n");
  return majority(near) ?? majority(source) ?? '"';
}

function majority(text: string): Quote | null {
  const single = text.match(/(?<![\w'])'[^'"\n]*'/g)?.length ?? 0;
  const double = text.match(/(?<![\w"])"[^'"\n]*"/g)?.length ?? 0;
  if (single === double) return null;
  return single > double ? "'" : '"';
}

/** Whether statements end with semicolons: near the edit, else in the whole file; a draw says yes. */
export function usesSemicolons(source: string, near: Span | null): boolean {
  const local = near === null ? 0 : semicolonBalance(source.slice(near.start, near.end));
  return (local === 0 ? semicolonBalance(source) : local) >= 0;
}

function semicolonBalance(text: string): number {
  const ended = text.match(/;[ \t]*(\/\/.*)?\r?$/gm)?.length ?? 0;
  const bare =
    text.match(/^[ \t]*(const|let|var|return|import|export|throw|await)\b.*[\w)\]'"`][ \t]*\r?$/gm)?.length ??
    0;
  return ended - bare;
}

/** A space when the text would otherwise grow together with the word before it: `return(spawn)(x)`. */
export function gapBefore(source: string, at: number): "" | " " {
  return /[\w$\u0080-\uFFFF]/.test(source[at - 1] ?? "") && source[at - 1] !== "\uFEFF" ? " " : "";
}
