import type { BaselineLine, Finding } from "../types.js";

/** A site that the baseline may hold. Its file is written as in the baseline. */
export interface Candidate {
  readonly file: string;
  readonly finding: Finding;
}

/** What the run can say about the file of a line: not looked at is neither good nor bad. */
export type Coverage = "looked-at" | "gone" | "elsewhere";

export interface Matched {
  readonly accepted: ReadonlyMap<Finding, BaselineLine>;
  /** Lines whose site is gone: mended, suppressed or removed. */
  readonly stale: readonly BaselineLine[];
  /** Lines of files that this run did not look at. */
  readonly elsewhere: readonly BaselineLine[];
}

/**
 * Each line accepts one site: first in the file that it names, then, as code moves and files are renamed, anywhere,
 * unless the line's own file was not looked at: the site may still stand there.
 */
export function match(
  lines: readonly BaselineLine[],
  candidates: readonly Candidate[],
  coverageOf: (file: string) => Coverage,
): Matched {
  const free = new Set(lines);
  const accepted = new Map<Finding, BaselineLine>();
  const take = (isFit: (line: BaselineLine, candidate: Candidate) => boolean): void => {
    const byPrint = groupBy(free);
    for (const candidate of candidates) {
      const { finding } = candidate;
      if (accepted.has(finding)) continue;
      const same = byPrint.get(finding.acquisition.fingerprint) ?? [];
      const found = same.find((line) => free.has(line) && isFit(line, candidate));
      if (found === undefined) continue;
      free.delete(found);
      accepted.set(finding, found);
    }
  };
  take((line, { file }) => line.file === file);
  take((line) => coverageOf(line.file) !== "elsewhere");
  const rest = [...free];
  return {
    accepted,
    stale: rest.filter(({ file }) => coverageOf(file) !== "elsewhere"),
    elsewhere: rest.filter(({ file }) => coverageOf(file) === "elsewhere"),
  };
}

function groupBy(lines: ReadonlySet<BaselineLine>): ReadonlyMap<string, readonly BaselineLine[]> {
  const groups = new Map<string, BaselineLine[]>();
  for (const line of lines) groups.set(line.fingerprint, [...(groups.get(line.fingerprint) ?? []), line]);
  return groups;
}
