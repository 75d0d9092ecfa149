import { isApplied } from "../../plan/levels.js";
import type { FileOutcome, Finding, Level } from "../../types.js";

/** A change that can be taken back by itself. */
export interface Site {
  readonly file: string;
  readonly fingerprint: string;
  readonly line: number;
  readonly endLine: number;
}

/** Makes a file anew without the sites that failed: fingerprint -> what showed it. */
export type Remake = (outcome: FileOutcome, failed: ReadonlyMap<string, string>) => Promise<FileOutcome>;

export function sitesIn(outcome: FileOutcome, safety: Level): readonly Site[] {
  if (outcome.status !== "changed") return [];
  return outcome.findings
    .filter((finding) => isApplied(finding, safety))
    .map(({ acquisition: { fingerprint, line, endLine } }) => ({
      file: outcome.file,
      fingerprint,
      line,
      endLine,
    }));
}

/** The finding, left for the reason that its change did not stand the check. */
export function failedFinding(finding: Finding, failed: ReadonlyMap<string, string>): Finding {
  const why = failed.get(finding.acquisition.fingerprint);
  if (why === undefined || finding.decision.action !== "rewrite") return finding;
  return { ...finding, decision: { action: "leave", reason: "failed-verification" }, message: why };
}

/** Files as they are without the sites that failed. What cannot be made anew is left as a whole. */
export async function without(
  outcomes: readonly FileOutcome[],
  failed: ReadonlyMap<Site, string>,
  remake: Remake,
): Promise<readonly FileOutcome[]> {
  return Promise.all(
    outcomes.map(async (outcome) => {
      const own = [...failed].filter(([site]) => site.file === outcome.file);
      if (own.length === 0) return outcome;
      const said = new Map(own.map(([{ fingerprint }, why]) => [fingerprint, why]));
      const again = await remake(outcome, said);
      if (again.status !== "failed") return again;
      const [why = ""] = said.values();
      const findings = outcome.findings.map((finding) =>
        failedFinding(
          finding,
          new Map([[finding.acquisition.fingerprint, said.get(finding.acquisition.fingerprint) ?? why]]),
        ),
      );
      return { status: "unchanged", file: outcome.file, findings };
    }),
  );
}
