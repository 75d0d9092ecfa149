import { ts } from "ts-morph";
import type { Span } from "../types.js";
import { parseText } from "./tokens.js";

/** For each span the smallest statement or class member around it; none when it lies between statements. */
export function statementsAround(path: string, text: string, spans: readonly Span[]): readonly Span[] {
  const source = parseText(path, text);
  const all = spans.flatMap((span) => smallestAround(source, trimmed(span, text)) ?? []);
  const found = [...new Map(all.map((one) => [`${one.start}:${one.end}`, one])).values()];
  const outer = found.filter((one) => !found.some((other) => other !== one && contains(other, one)));
  return outer.sort((a, b) => a.start - b.start);
}

/** Inserted text may begin or end with line breaks, which belong to no statement. */
function trimmed({ start, end }: Span, text: string): Span {
  const inner = text.slice(start, end);
  const from = start + (inner.length - inner.trimStart().length);
  return { start: Math.min(from, end), end: Math.max(from, end - (inner.length - inner.trimEnd().length)) };
}

function smallestAround(source: ts.SourceFile, span: Span): Span | undefined {
  let best: Span | undefined;
  const visit = (node: ts.Node): void => {
    const own = { start: node.getStart(source), end: node.end };
    if (!contains(own, span)) return;
    if (!ts.isBlock(node) && (ts.isStatement(node) || ts.isClassElement(node))) best = own;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return best;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
