import type { RunReport } from "../types.js";
import { fileEntry, findingEntry, summaryEntry } from "./json.js";

/** The report as a stream of records: a line for each site, for each file that failed, and one with the sums at the end. */
export function jsonl(report: RunReport): string {
  const sites = report.files.flatMap(({ file, findings }) =>
    findings.map((finding) => ({ type: "finding", path: file, ...findingEntry(finding) })),
  );
  const failures = report.files
    .filter(({ status }) => status === "failed")
    .map((file) => ({ type: "failure", ...fileEntry(file, report) }));
  const remarks = report.remarks.map(({ file, line, message }) => ({
    type: "remark",
    path: file,
    line,
    message,
  }));
  const { mode, exitCode } = report;
  const end = { type: "summary", version: 1, mode, exitCode, ...summaryEntry(report) };
  return [...sites, ...failures, ...remarks, end].map((record) => `${JSON.stringify(record)}\n`).join("");
}
