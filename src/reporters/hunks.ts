import { structuredPatch } from "diff";

/** Whole lines of the old text and what stands in their place. Lines start at 1; with a count of 0 the text goes before `start`. */
export interface Hunk {
  readonly start: number;
  readonly count: number;
  readonly text: string;
}

/** The smallest set of whole lines that makes one text the other. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const { hunks } = structuredPatch("a", "b", before, after, undefined, undefined, { context: 0 });
  const lines = after.split(/(?<=\n)/);
  return hunks.map(({ oldStart, oldLines, newStart, newLines }) => ({
    start: oldStart,
    count: oldLines,
    text: lines.slice(newStart - 1, newStart - 1 + newLines).join(""),
  }));
}
