import { structuredPatch } from "diff";

/** One line of a compiler's output, with the lines that belong to it. */
export interface Diagnostic {
  /** Relative to the folder that the compiler ran in; empty for what is about no file. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

const located = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/;
const general = /^error (TS\d+): (.*)$/;

/** Reads the output of `tsc --pretty false`. */
export function readDiagnostics(output: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, file = "", at = "0", code = "", message = ""] =
      located.exec(line) ?? general.exec(line)?.toSpliced(1, 0, "", "0") ?? [];
    const last = found.at(-1);
    if (code !== "") found.push({ file, line: Number(at), code, message });
    else if (last && /^\s+\S/.test(line))
      found[found.length - 1] = { ...last, message: `${last.message} ${line.trim()}` };
  }
  return found;
}

/** The text of a file before and after the change. */
export interface Texts {
  readonly before: string;
  readonly after: string;
}

/**
 * What was not there before. A diagnostic is the same when file, code and message are, on the line to which its line
 * has moved; one whose line was rewritten may be anywhere in the file.
 */
export function newDiagnostics(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  textsOf: (file: string) => Texts | undefined,
): readonly Diagnostic[] {
  const open = new Map<string, number[]>();
  const moved = new Map<string, (line: number) => number | null>();
  for (const one of before) {
    const map = moved.get(one.file) ?? lineMap(textsOf(one.file));
    moved.set(one.file, map);
    const line = map(one.line) ?? -1;
    open.set(keyOf(one), [...(open.get(keyOf(one)) ?? []), line]);
  }
  const take = (one: Diagnostic, line: number): boolean => {
    const lines = open.get(keyOf(one)) ?? [];
    const index = lines.indexOf(line);
    if (index < 0) return false;
    lines.splice(index, 1);
    return true;
  };
  const inPlace = after.filter((one) => !take(one, one.line));
  return inPlace.filter((one) => !take(one, -1));
}

function keyOf({ file, code, message }: Diagnostic): string {
  return `${file}\n${code}\n${message}`;
}

/** Old line -> new line; null when the line is not there any more. */
export function lineMap(texts: Texts | undefined): (line: number) => number | null {
  if (texts === undefined) return (line) => line;
  const { hunks } = structuredPatch("a", "b", texts.before, texts.after, undefined, undefined, {
    context: 0,
  });
  return (line) => {
    let shift = 0;
    for (const { oldStart, oldLines, newLines } of hunks) {
      if (line < oldStart) break;
      if (line < oldStart + oldLines) return null;
      shift += newLines - oldLines;
    }
    return line + shift;
  };
}
