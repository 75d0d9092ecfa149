import { createHash } from "node:crypto";
import type { RunReport } from "../types.js";
import { openSites, ruleOf, sentenceOf } from "./rules.js";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** A code quality report, a subset of Code Climate's. Source: GitLab, "Code Quality", "Code Quality report format". */
export function gitlab(report: RunReport): string {
  const sites = openSites(report).map(({ file, finding }): Issue => ({
    description: sentenceOf(finding),
    check_name: ruleOf(finding.acquisition.kind),
    fingerprint: unique(file, finding.acquisition.fingerprint),
    severity: finding.level === "safe" ? "major" : "minor",
    location: { path: file, lines: { begin: finding.acquisition.line } },
  }));
  const failures = report.files.flatMap((file): readonly Issue[] =>
    file.status === "failed"
      ? [
          {
            description: `Could not be processed (${file.stage}): ${file.error}`,
            check_name: "not-processed",
            fingerprint: unique(file.file, file.stage),
            severity: "blocker",
            location: { path: file.file, lines: { begin: 1 } },
          },
        ]
      : [],
  );
  return `${JSON.stringify([...failures, ...sites], null, 2)}\n`;
}

/** GitLab drops a second issue with the same fingerprint: the same call may stand in two files. */
function unique(file: string, fingerprint: string): string {
  return createHash("sha256").update(`${file}\n${fingerprint}`).digest("hex").slice(0, 32);
}
