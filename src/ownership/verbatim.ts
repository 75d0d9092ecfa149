import { ts } from "ts-morph";
import type { Unit } from "../analyse/unit.js";
import type { Span } from "../types.js";

/** Tokens and comments in the span that reach over a line end and must keep their bytes. */
export function verbatimSpans(unit: Unit, span: Span): readonly Span[] {
  const found = new Map<number, Span>();
  const keep = (start: number, end: number): void => {
    if (start >= span.start && end <= span.end && unit.text.slice(start, end).includes("\n"))
      found.set(start, { start, end });
  };
  const visit = (node: ts.Node): void => {
    if (node.end < span.start || node.pos > span.end) return;
    for (const comment of ts.getLeadingCommentRanges(unit.text, node.pos) ?? [])
      keep(comment.pos, comment.end);
    for (const comment of ts.getTrailingCommentRanges(unit.text, node.end) ?? [])
      keep(comment.pos, comment.end);
    const isText = ts.isTemplateLiteralToken(node) || ts.isJsxText(node) || ts.isStringLiteral(node);
    if (isText) keep(ts.isJsxText(node) ? node.pos : node.getStart(unit.source), node.end);
    for (const child of node.getChildren(unit.source)) visit(child);
  };
  visit(unit.source);
  return [...found.values()].sort((a, b) => a.start - b.start);
}
