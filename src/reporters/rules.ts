import { isAllowed, isDrift } from "../plan/levels.js";
import type { Finding, Kind, RunReport } from "../types.js";
import { summarise, type Site } from "./summary.js";

/** The name under which other tools group the sites of a kind. */
export function ruleOf(kind: Kind): string {
  return `unmanaged-${kind}`;
}

/** `child-process` as people say it. */
export function nounOf(kind: Kind): string {
  return kind.replaceAll("-", " ");
}

/** What other tools are told about: sites that the chosen level changes, whether accepted or not. */
export function reportedSites(report: RunReport): readonly Site[] {
  return summarise(report).sites.filter(
    ({ finding: { decision, level } }) => decision.action === "rewrite" && isAllowed(level, report.safety),
  );
}

/** Of these, those that nobody has accepted. */
export function openSites(report: RunReport): readonly Site[] {
  return reportedSites(report).filter(({ finding }) => isDrift(finding, report.safety));
}

/** `spawn: sentence`, for places that show no other context. */
export function sentenceOf({ acquisition, message }: Finding): string {
  return `${calleeOf(acquisition.api)}: ${message}`;
}

/** `node:child_process#spawn` is `spawn` in the code. */
export function calleeOf(api: string): string {
  return api.slice(api.indexOf("#") + 1);
}
