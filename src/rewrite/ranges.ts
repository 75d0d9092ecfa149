import type { Edit, Span } from "../types.js";

/** The part of the source that an edit is about; empty for an insertion. */
export function spanOf(edit: Edit): Span {
  return edit.op === "insert" ? { start: edit.at, end: edit.at } : edit.span;
}

/** By how much an edit moves what stands behind it. */
export function growthOf(edit: Edit): number {
  const { start, end } = spanOf(edit);
  return (edit.op === "remove" ? 0 : edit.text.length) - (end - start);
}

/** The part of the source that a part of the result came from; empty when all of it was inserted. */
export function sourceSpan(edits: readonly Edit[], { start, end }: Span): Span {
  return {
    start: sourceOffset(edits, start),
    end: Math.max(sourceOffset(edits, start), sourceOffset(edits, end)),
  };
}

function sourceOffset(edits: readonly Edit[], at: number): number {
  let shift = 0;
  for (const edit of edits) {
    const { start, end } = spanOf(edit);
    if (at < start + shift) break;
    if (at < end + shift + growthOf(edit)) return start;
    shift += growthOf(edit);
  }
  return at - shift;
}

/** Sorted ranges, with those that touch or overlap made one. */
export function coalesce(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end)
      merged.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else merged.push(span);
  }
  return merged;
}
