import { diffArrays } from "diff";
import type { Span } from "../types.js";

/** Comments that speak about the line below them, and comments that speak about their own line. */
const aboutNextLine =
  /@ts-(ignore|expect-error)|(eslint|oxlint)-disable-next-line|biome-ignore|prettier-ignore|(istanbul|[cv]8) ignore/;
const aboutOwnLine = /(eslint|oxlint)-disable-line/;

/** Formatting changed lines of these statements only, and none that a directive comment speaks about. */
export function staysInside(spliced: string, formatted: string, statements: readonly Span[]): boolean {
  const lines = linesOf(spliced);
  const open = openLines(spliced, lines, statements);
  let at = 0;
  for (const change of diffArrays([...lines], [...linesOf(formatted)])) {
    if (change.removed && !range(at, change.value.length).every((line) => open.has(line))) return false;
    if (change.added && !open.has(at) && !open.has(at - 1)) return false;
    if (!change.added) at += change.value.length;
  }
  return true;
}

function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

function openLines(text: string, lines: readonly string[], statements: readonly Span[]): ReadonlySet<number> {
  const inside = statements.flatMap(({ start, end }) => {
    const first = lineAt(text, start);
    return range(first, lineAt(text, end) - first + 1);
  });
  return new Set(inside.filter((line) => !isFixed(lines, line)));
}

function isFixed(lines: readonly string[], line: number): boolean {
  const [above, own] = [lines[line - 1] ?? "", lines[line] ?? ""];
  return aboutNextLine.test(above) || aboutNextLine.test(own) || aboutOwnLine.test(own);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}

function range(first: number, length: number): readonly number[] {
  return Array.from({ length }, (_, i) => first + i);
}
