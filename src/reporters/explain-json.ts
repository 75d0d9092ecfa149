import { advice } from "../advice.js";
import type { Explained, Explanation } from "../explain/index.js";
import { ownManifest } from "../manifest.js";
import { isApplied } from "../plan/levels.js";
import { findingEntry } from "./json.js";

/** What `--explain` found, for other programs: version 1; fields are only ever added. */
export function explainJson(explanation: Explanation): string {
  const { file, line, isNearest, safety, sites } = explanation;
  const content = {
    version: 1,
    tool: ownManifest().version,
    mode: "explain",
    exitCode: 0,
    path: file,
    line,
    nearest: isNearest,
    safety,
    sites: sites.map((site) => siteEntry(site, explanation)),
  };
  return JSON.stringify(content, null, 2) + "\n";
}

function siteEntry({ finding, leak, attempts, patch }: Explained, { source, safety }: Explanation): object {
  const { decision } = finding;
  return {
    ...findingEntry(finding),
    applied: isApplied(finding, safety),
    leak: leak.map((step) => ({ ...step, source: source[step.line - 1] ?? "" })),
    tried: attempts,
    patch,
    ...(decision.action === "leave"
      ? { advice: advice[decision.reason], docs: `docs/reasons.md#${decision.reason}` }
      : { docs: `docs/reasons.md#${finding.ownership.verdict}` }),
  };
}
