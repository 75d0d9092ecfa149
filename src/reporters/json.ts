import { kinds } from "../catalogue/kinds.js";
import { ownManifest } from "../manifest.js";
import type { FileOutcome, Finding, RunReport } from "../types.js";
import { statusOf, summarise } from "./summary.js";

/** The report for other programs: version 1, described in docs; fields are only ever added. */
export function json(report: RunReport): string {
  const content = {
    version: 1,
    tool: ownManifest().version,
    mode: report.mode,
    exitCode: report.exitCode,
    files: report.files.map((file) => fileEntry(file, report)),
    summary: summaryEntry(report),
    remarks: report.remarks,
    baseline: baselineEntry(report),
    ...(report.part === null ? {} : { part: partEntry(report) }),
    timings: Object.fromEntries(
      Object.entries(report.timings).map(([stage, time]) => [stage, Math.round(time * 10) / 10]),
    ),
  };
  return JSON.stringify(content, null, 2) + "\n";
}

/** For `merge` alone: all that a report is made of, in the form in which this version has it. */
function partEntry({
  part,
  safety,
  files,
  scanned,
  candidates,
  skipped,
  remarks,
  verified,
}: RunReport): object {
  return { ...part, safety, files, scanned, candidates, skipped, remarks, verified };
}

export function summaryEntry(report: RunReport): object {
  const { applied, changed, failed, byVerdict, byReason, byKind, suppressed, inBaseline } = summarise(report);
  return {
    files: report.scanned,
    candidates: report.candidates,
    applied: applied.length,
    changed,
    failed: failed.length,
    byVerdict,
    byReason,
    byKind,
    suppressed,
    inBaseline,
  };
}

function baselineEntry({ baseline }: RunReport): object | null {
  if (baseline === null) return null;
  const { file, accepted, added, stale } = baseline;
  return { file, accepted, added, stale };
}

export function fileEntry(file: FileOutcome, report: RunReport): object {
  const error = file.status === "failed" ? { error: { stage: file.stage, message: file.error } } : {};
  return {
    path: file.file,
    status: statusOf(file, report),
    ...error,
    findings: file.findings.map(findingEntry),
  };
}

export function findingEntry({
  acquisition,
  ownership,
  level,
  decision,
  message,
  standing,
}: Finding): object {
  const { fingerprint, kind, api, line, column, endLine, endColumn, symbol } = acquisition;
  return {
    fingerprint,
    kind,
    api,
    transform: decision.action === "rewrite" ? decision.transform : kinds[kind].transform,
    line,
    column,
    endLine,
    endColumn,
    symbol,
    verdict: ownership.verdict,
    level,
    action: decision.action,
    ...(decision.action === "leave" ? { reason: decision.reason } : { fix: decision.fix.by }),
    message,
    status: standing.is,
    ...(standing.is === "suppressed" ? { suppressedBecause: standing.reason } : {}),
  };
}
