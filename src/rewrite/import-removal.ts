import type { Edit, ImportBinding, ImportStatement, Span } from "../types.js";
import type { ImportRequest } from "./imports.js";
import { isFirstOnLine, isLastOnLine, lineEnd, lineStart, nextLine } from "./lines.js";

/** What our own edits leave without a single use. */
export interface Freed {
  /** Statements that go as a whole. */
  readonly gone: readonly ImportStatement[];
  readonly bindings: readonly ImportBinding[];
}

/** A removed alias such as `promisify(fs.writeFile)` frees what it referred to in its turn. */
export function freedBy({ facts, freed }: Pick<ImportRequest, "facts" | "freed">): Freed {
  const candidates = facts.imports.filter((one) => !one.typeOnly && !one.pinned);
  let gone: readonly ImportStatement[] = [];
  for (;;) {
    const uses = [...freed, ...gone.flatMap((one) => one.uses)];
    const bindings = candidates.flatMap((one) => one.bindings).filter((one) => isFree(one, uses));
    const next = candidates.filter(
      (one) => one.bindings.length > 0 && one.bindings.every((each) => bindings.includes(each)),
    );
    if (next.length === gone.length) return { gone: next, bindings };
    gone = next;
  }
}

function isFree({ local, references }: ImportBinding, uses: readonly string[]): boolean {
  return references > 0 && uses.filter((one) => one === local).length === references;
}

/** A statement that has its lines for itself goes with them, and with the comment behind it. */
export function removeStatement({ span }: ImportStatement, source: string): readonly Edit[] {
  if (!isFirstOnLine(source, span.start) || !isLastOnLine(source, span.end)) {
    const gap = /^[ \t]*/.exec(source.slice(span.end))?.[0].length ?? 0;
    return [{ op: "remove", span: { start: span.start, end: span.end + gap } }];
  }
  const start = lineStart(source, span.start);
  const first = source[start] === "\uFEFF" ? start + 1 : start;
  const end = nextLine(source, span.end);
  return [
    {
      op: "remove",
      span: { start: first, end: isBlankAbove(source, first) ? behindBlankLine(source, end) : end },
    },
  ];
}

function isBlankAbove(source: string, line: number): boolean {
  return (
    source
      .slice(lineStart(source, line - 1), line)
      .replace("\uFEFF", "")
      .trim() === ""
  );
}

function behindBlankLine(source: string, line: number): number {
  return source.slice(line, lineEnd(source, line)).trim() === "" ? nextLine(source, line) : line;
}

/** Removes single specifiers; the statement keeps the others. */
export function removeSpecifiers(
  statement: ImportStatement,
  free: readonly ImportBinding[],
  source: string,
): readonly Edit[] {
  const freed = statement.bindings.filter((one) => free.includes(one));
  if (freed.length === 0) return [];
  const named = statement.bindings.filter((one) => one.role === "named");
  const [main] = statement.bindings.filter((one) => one.role === "default");
  const second = statement.braces ?? statement.bindings.find((one) => one.role === "namespace")?.span;
  const isMainFree = main !== undefined && freed.includes(main);
  const rest = isMainFree ? freed.filter((one) => one !== main) : freed;
  if (isMainFree && second !== undefined)
    return [remove(main.span.start, second.start), ...removeNamed(named, rest, source)];
  const isRestFree =
    main !== undefined &&
    second !== undefined &&
    statement.bindings.every((one) => one === main || rest.includes(one));
  return isRestFree ? [remove(main.span.end, second.end)] : removeNamed(named, rest, source);
}

function removeNamed(
  all: readonly ImportBinding[],
  free: readonly ImportBinding[],
  source: string,
): readonly Edit[] {
  return runs(all, free).flatMap(({ from, to }) => removeRun(all, { from, to }, source));
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Neighbours are removed together. */
function runs(all: readonly ImportBinding[], free: readonly ImportBinding[]): readonly Run[] {
  const found: Run[] = [];
  all.forEach((one, i) => {
    if (!free.includes(one)) return;
    const last = found.at(-1);
    if (last?.to === i - 1) found.splice(-1, 1, { from: last.from, to: i });
    else found.push({ from: i, to: i });
  });
  return found;
}

function removeRun(all: readonly ImportBinding[], { from, to }: Run, source: string): readonly Edit[] {
  const run = all.slice(from, to + 1).map((one) => one.span);
  if (run.every((span) => hasOwnLine(span, source)))
    return run.map((span) => remove(lineStart(source, span.start), nextLine(source, span.end)));
  const [first, last] = [run[0], run.at(-1)];
  const [previous, next] = [all[from - 1]?.span, all[to + 1]?.span];
  if (first === undefined || last === undefined) return [];
  if (next !== undefined && isPlain(source, last.end, next.start)) return [remove(first.start, next.start)];
  if (next === undefined && previous !== undefined && isPlain(source, previous.end, first.start))
    return [remove(previous.end, last.end)];
  return run.map((span) =>
    remove(span.start, span.end + (/^\s*,/.exec(source.slice(span.end))?.[0].length ?? 0)),
  );
}

/** No comment stands between the specifiers. */
function isPlain(source: string, start: number, end: number): boolean {
  return /^[\s,]*$/.test(source.slice(start, end));
}

function hasOwnLine(span: Span, source: string): boolean {
  const comma = /^[ \t]*,/.exec(source.slice(span.end))?.[0].length ?? 0;
  return (
    isFirstOnLine(source, span.start) &&
    isLastOnLine(source, span.end + comma) &&
    lineEnd(source, span.end) < source.length
  );
}

function remove(start: number, end: number): Edit {
  return { op: "remove", span: { start, end } };
}
