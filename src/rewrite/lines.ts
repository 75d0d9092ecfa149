/** Offsets of lines in a text. A line ends before its `\n` or `\r\n`. */

/** Number of the line, counted from 1. */
export function lineNumber(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}

export function lineStart(source: string, at: number): number {
  return source.lastIndexOf("\n", at - 1) + 1;
}

/** Offset of the line break that ends the line; the length of the text on the last line. */
export function lineEnd(source: string, at: number): number {
  const feed = source.indexOf("\n", at);
  if (feed === -1) return source.length;
  return feed > at && source[feed - 1] === "\r" ? feed - 1 : feed;
}

/** Offset behind the line break that ends the line. */
export function nextLine(source: string, at: number): number {
  const feed = source.indexOf("\n", at);
  return feed === -1 ? source.length : feed + 1;
}

/** The white space that the line begins with. */
export function indentAt(source: string, at: number): string {
  const start = lineStart(source, at);
  return /^[ \t]*/.exec(source.slice(start, lineEnd(source, start)))?.[0] ?? "";
}

/** Nothing but white space (or a byte order mark) stands before it on its line. */
export function isFirstOnLine(source: string, at: number): boolean {
  return /^\uFEFF?[ \t]*$/.test(source.slice(lineStart(source, at), at));
}

/** Nothing but white space and comments that end on this line stand behind it. */
export function isLastOnLine(source: string, at: number): boolean {
  return /^[ \t\f]*(\/\*(?:(?!\*\/)[^\n])*\*\/[ \t]*)*(\/\/.*)?\r?$/.test(
    source.slice(at, lineEnd(source, at)),
  );
}

/** End of the comments that trail on the same line; `at` when there are none or code follows. */
export function endOfTrailingComment(source: string, at: number): number {
  if (!isLastOnLine(source, at)) return at;
  return at + source.slice(at, lineEnd(source, at)).trimEnd().length;
}
