import { ts } from "ts-morph";
import type { Unit } from "../../analyse/unit.js";
import type { Span } from "../../types.js";

/** Texts in the span that reach over a line end and must keep their bytes; comments are indented with their code. */
export function verbatimSpans(unit: Unit, span: Span): readonly Span[] {
  const found = new Map<number, Span>();
  const keep = (start: number, end: number): void => {
    if (start >= span.start && end <= span.end && unit.text.slice(start, end).includes("\n"))
      found.set(start, { start, end });
  };
  const visit = (node: ts.Node): void => {
    if (node.end < span.start || node.pos > span.end) return;
    const isText = ts.isTemplateLiteralToken(node) || ts.isJsxText(node) || ts.isStringLiteral(node);
    if (isText) keep(ts.isJsxText(node) ? node.pos : node.getStart(unit.source), node.end);
    for (const child of node.getChildren(unit.source)) visit(child);
  };
  visit(unit.source);
  return [...found.values()].sort((a, b) => a.start - b.start);
}
