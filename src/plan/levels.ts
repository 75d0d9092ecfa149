import type { Finding, Level } from "../types.js";

const rank: Readonly<Record<Level, number>> = { safe: 0, likely: 1, unsafe: 2 };

export function isAllowed(level: Level, safety: Level): boolean {
  return rank[level] <= rank[safety];
}

/** Whether a finding is a rewrite that the chosen level allows and nobody declined: what is changed. */
export function isApplied({ decision, level, standing }: Finding, safety: Level): boolean {
  const isWanted = standing.is === "new" || standing.is === "baseline";
  return decision.action === "rewrite" && isAllowed(level, safety) && isWanted;
}

/** What `--check` counts: what would be changed, and nobody has accepted. */
export function isDrift(finding: Finding, safety: Level): boolean {
  return isApplied(finding, safety) && finding.standing.is === "new";
}
