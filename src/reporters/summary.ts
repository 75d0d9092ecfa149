import { isAllowed, isApplied, isDrift } from "../plan/levels.js";
import type { FileOutcome, Finding, LeaveReason, RunReport } from "../types.js";

/** A finding and the file it is in. */
export interface Site {
  readonly file: string;
  readonly finding: Finding;
}

interface LeftSites {
  readonly reason: LeaveReason;
  readonly sites: readonly Site[];
}

/** Everything that reporters count, counted once. */
export interface Summary {
  readonly sites: readonly Site[];
  readonly byVerdict: Readonly<Record<string, number>>;
  readonly byReason: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  /** Sites that are changed, would be, or (in a check) need to be. */
  readonly applied: readonly Site[];
  /** Sites with a rewrite above the chosen level, by that level. */
  readonly above: Readonly<Record<string, number>>;
  /** Most frequent reason first. */
  readonly left: readonly LeftSites[];
  /** Sites that a comment keeps from being changed. */
  readonly suppressed: number;
  /** Changes that were not taken in a review. */
  readonly declined: number;
  /** Sites that the baseline accepts. */
  readonly inBaseline: number;
  readonly changed: number;
  readonly failed: readonly Extract<FileOutcome, { status: "failed" }>[];
  readonly milliseconds: number;
}

export function summarise(report: RunReport): Summary {
  const sites = report.files.flatMap(({ file, findings }) => findings.map((finding) => ({ file, finding })));
  const applied = report.files.flatMap((outcome) => appliedIn(outcome, report));
  const above = sites.filter(
    ({ finding: { decision, level, standing } }) =>
      decision.action === "rewrite" && standing.is === "new" && !isAllowed(level, report.safety),
  );
  const left = groupLeft(sites);
  return {
    sites,
    byVerdict: count(sites.map(({ finding }) => finding.ownership.verdict)),
    byReason: Object.fromEntries(left.map((group) => [group.reason, group.sites.length])),
    byKind: count(sites.map(({ finding }) => finding.acquisition.kind)),
    applied,
    above: count(above.map(({ finding }) => finding.level)),
    left,
    suppressed: sites.filter(({ finding }) => finding.standing.is === "suppressed").length,
    declined: sites.filter(({ finding }) => finding.standing.is === "declined").length,
    inBaseline: sites.filter(({ finding }) => finding.standing.is === "baseline").length,
    changed: report.files.filter((file) => statusOf(file, report) !== "unchanged" && file.status !== "failed")
      .length,
    failed: report.files.flatMap((file) => (file.status === "failed" ? [file] : [])),
    milliseconds: Object.values(report.timings).reduce((sum, time) => sum + time, 0),
  };
}

export type FileStatus = "unchanged" | "would-change" | "changed" | "failed";

/** A check makes no new text; there the findings say whether a file would change. */
export function statusOf(file: FileOutcome, report: RunReport): FileStatus {
  if (file.status === "failed") return "failed";
  if (file.status === "changed") return report.mode === "write" ? "changed" : "would-change";
  return report.mode === "check" && appliedIn(file, report).length > 0 ? "would-change" : "unchanged";
}

function appliedIn(file: FileOutcome, { safety, mode }: RunReport): readonly Site[] {
  if (file.status === "failed" || (file.status === "unchanged" && mode !== "check")) return [];
  return file.findings
    .filter((finding) => (mode === "check" ? isDrift(finding, safety) : isApplied(finding, safety)))
    .map((finding) => ({ file: file.file, finding }));
}

function groupLeft(sites: readonly Site[]): readonly LeftSites[] {
  const groups = new Map<LeaveReason, Site[]>();
  for (const site of sites) {
    const { decision } = site.finding;
    if (decision.action === "leave")
      groups.set(decision.reason, [...(groups.get(decision.reason) ?? []), site]);
  }
  return [...groups]
    .map(([reason, of]) => ({ reason, sites: of }))
    .sort((a, b) => b.sites.length - a.sites.length);
}

/** Counts in the order of the words, so that two reports of the same code are the same text. */
function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
