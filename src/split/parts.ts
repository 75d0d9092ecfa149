import { kinds } from "../catalogue/kinds.js";
import { summarise, type Site } from "../reporters/summary.js";
import type { Finding, RunReport, TransformId } from "../types.js";

/** One file of a part, from what the part before it left. */
export interface PartFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** A patch of its own. */
export interface Part {
  readonly name: string;
  readonly files: readonly PartFile[];
  readonly sites: readonly Site[];
}

/**
 * Whole files by what they belong to. A part with a package.json comes first: what follows may import what it adds.
 */
export function partsOf(report: RunReport, keyOf: (file: string) => string): readonly Part[] {
  const parts = new Map<string, PartFile[]>();
  for (const one of changesOf(report)) {
    const key = keyOf(one.file);
    parts.set(key, [...(parts.get(key) ?? []), one]);
  }
  const { applied } = summarise(report);
  const brings = (name: string): boolean => report.installs.some(({ file }) => keyOf(file) === name);
  return [...parts]
    .map(([name, files]) => ({ name, files, sites: applied.filter(({ file }) => keyOf(file) === name) }))
    .sort(
      (one, other) =>
        Number(brings(other.name)) - Number(brings(one.name)) || (one.name < other.name ? -1 : 1),
    );
}

/** A state of the project after some of the transforms. */
export interface State {
  /** What was the last to be added. */
  readonly name: string;
  readonly report: RunReport;
}

/** What each state adds to the one before; the last is the whole. */
export function stepsBetween(states: readonly State[]): readonly Part[] {
  let texts: ReadonlyMap<string, string> = new Map();
  return states.flatMap(({ name, report }) => {
    const files = filesSince(texts, report);
    texts = new Map(changesOf(report).map(({ file, after }) => [file, after]));
    const sites = summarise(report).applied.filter(({ finding }) => transformOf(finding) === name);
    return files.length === 0 ? [] : [{ name, files, sites }];
  });
}

/** The transform that a site is chosen by. */
export const transformOf = ({ acquisition }: Finding): TransformId => kinds[acquisition.kind].transform;

function filesSince(texts: ReadonlyMap<string, string>, report: RunReport): readonly PartFile[] {
  const now = changesOf(report);
  return now
    .map(({ file, before, after }) => ({ file, before: texts.get(file) ?? before, after }))
    .filter(({ before, after }) => before !== after);
}

/** A manifest above the root cannot be part of a patch for the root. */
export function changesOf({ files, installs }: Pick<RunReport, "files" | "installs">): readonly PartFile[] {
  const changed = files.flatMap((file) => (file.status === "changed" ? [file] : []));
  const all = [...changed, ...installs.filter(({ file }) => !file.startsWith("../"))];
  return all.map(({ file, before, after }) => ({ file, before, after }));
}

/** What the parts make, one after the other; null where one does not begin with what those before it made. */
export function together(parts: readonly Part[]): ReadonlyMap<string, string> | null {
  const texts = new Map<string, string>();
  for (const { file, before, after } of parts.flatMap((part) => part.files)) {
    if ((texts.get(file) ?? before) !== before) return null;
    texts.set(file, after);
  }
  return texts;
}
