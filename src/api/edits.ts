import { hunksOf } from "../reporters/hunks.js";

/** Replaces the text from `start` to `end`, UTF-16 offsets into the text that was given; equal ones insert. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits, in order and apart from each other, that make one text the other. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  const starts = lineStarts(before);
  const at = (line: number): number => starts[line - 1] ?? before.length;
  return hunksOf(before, after).map(({ start, count, text }) =>
    trimmed(before, { start: at(start), end: at(start + count), text }),
  );
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Without what both texts begin and end with: an editor marks what really changes. */
function trimmed(before: string, { start, end, text }: TextEdit): TextEdit {
  const old = before.slice(start, end);
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}
