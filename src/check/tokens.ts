import { type Token, tokensOf } from "../analyse/tokens.js";
import { lineNumber } from "../rewrite/lines.js";
import { growthOf, spanOf } from "../rewrite/ranges.js";
import type { Rewritten } from "../rewrite/rewrite.js";
import type { Edit } from "../types.js";

/**
 * Every token and comment of the source that no edit names stands in the result where the edits moved
 * it, and whatever else stands there was inserted. Null when that holds.
 */
export function lostBySplice(
  path: string,
  before: string,
  { text, edits, touched }: Rewritten,
): string | null {
  const result = new Map(tokensOf(path, text).map((token) => [token.start, token]));
  let shift = 0;
  let next = 0;
  for (const token of tokensOf(path, before)) {
    for (let edit = edits[next]; edit !== undefined && spanOf(edit).end <= token.start; edit = edits[++next])
      shift += growthOf(edit);
    if (isNamed(token, edits.slice(next))) continue;
    const moved = result.get(token.start + shift);
    if (moved?.kind !== token.kind || comparable(moved) !== comparable(token)) return lost(before, token);
    result.delete(moved.start);
  }
  const stray = [...result.values()].find(
    (token) => !touched.some((range) => range.start <= token.start && token.end <= range.end),
  );
  return stray === undefined
    ? null
    : `A token appeared that no edit inserted, on line ${lineNumber(text, stray.start)}: ${excerpt(stray.text)}`;
}

function isNamed(token: Token, ahead: readonly Edit[]): boolean {
  const first = ahead.find((edit) => edit.op !== "insert");
  return first !== undefined && spanOf(first).start < token.end && token.start < spanOf(first).end;
}

/** What a formatter may add or take away around what it breaks up. */
const soft: ReadonlySet<string> = new Set([",", ";", "(", ")"]);

/** A formatter changes white space and punctuation, and nothing else. Null when that holds. */
export function lostByFormat(path: string, spliced: string, formatted: string): string | null {
  const result = tokensOf(path, formatted);
  let at = 0;
  for (const token of tokensOf(path, spliced)) {
    const found = skipTo(result, at, token);
    if (found !== null) at = found + 1;
    else if (!soft.has(token.text)) return lost(spliced, token);
  }
  const extra = result.slice(at).find((token) => !soft.has(token.text));
  return extra === undefined
    ? null
    : `A token appeared on line ${lineNumber(formatted, extra.start)}: ${excerpt(extra.text)}`;
}

/** Index of the same token, at most a few soft ones further on. */
function skipTo(tokens: readonly Token[], from: number, wanted: Token): number | null {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) return null;
    if (token.kind === wanted.kind && comparable(token) === comparable(wanted)) return i;
    if (!soft.has(token.text)) return null;
  }
  return null;
}

/** A block comment may be indented anew together with its code. */
function comparable({ kind, text }: Token): string {
  return kind === "comment" ? text.replace(/\s*\n\s*/g, "\n").trimEnd() : text;
}

function lost(text: string, token: Token): string {
  const noun = { code: "Code", template: "A template literal", "jsx-text": "JSX text", comment: "A comment" }[
    token.kind
  ];
  return `${noun} on line ${lineNumber(text, token.start)} did not survive: ${excerpt(token.text)}`;
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
