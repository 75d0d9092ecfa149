import type { Finding, Level } from "../types.js";

const rank: Readonly<Record<Level, number>> = { safe: 0, likely: 1, unsafe: 2 };

/** Whether a finding is a rewrite that the chosen level allows: what is changed, and what `--check` counts. */
export function isApplied(finding: Finding, safety: Level): boolean {
  return finding.decision.action === "rewrite" && rank[finding.level] <= rank[safety];
}
