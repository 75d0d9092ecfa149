import type { Edit } from "../types.js";
import { endOfTrailingComment, indentAt, isFirstOnLine, isLastOnLine } from "./lines.js";
import { declaration, lastStatement } from "./order.js";
import { eolAt, usesSemicolons } from "./style.js";

/** What a statement of our own has to fit in with. */
export interface Place {
  readonly source: string;
  /** Offset next to which it goes: the start or the end of a statement of the program. */
  readonly at: number;
  /** What the try blocks around it indent it by. */
  readonly extra: string;
}

/** On a line of its own before the statement that starts there. */
export function statementBefore(text: string, { source, at, extra }: Place): Edit {
  const isAlone = isFirstOnLine(source, at);
  const end = usesSemicolons(source, null) || !isAlone ? ";" : "";
  const gap = isAlone ? eolAt(source, at) + indentAt(source, at) + extra : " ";
  return { op: "insert", at, text: text + end + gap, order: declaration };
}

/** On a line of its own behind the statement that begins at `from` and ends at `at`. */
export function statementBehind(text: string, from: number, { source, at, extra }: Place): Edit {
  const behind = endOfTrailingComment(source, at);
  const end = usesSemicolons(source, null) ? ";" : "";
  const isWhole = /[;}]/.test(source[at - 1] ?? "");
  const gap = isLastOnLine(source, at)
    ? eolAt(source, at) + indentAt(source, from) + extra
    : isWhole
      ? " "
      : "; ";
  return { op: "insert", at: behind, text: gap + text + end, order: lastStatement };
}
