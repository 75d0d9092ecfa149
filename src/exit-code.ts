import { isDrift } from "./plan/levels.js";
import type { RunReport } from "./types.js";

/** 0: nothing to do, or all of it done. 1: `--check` found drift. 2: the answer cannot be trusted. */
export function exitCodeOf({
  mode,
  safety,
  files,
  baseline,
  part,
}: Pick<RunReport, "mode" | "safety" | "files" | "baseline" | "part">): 0 | 1 | 2 {
  if (files.some((file) => file.status === "failed")) return 2;
  if (baseline?.action === "use" && baseline.strict && baseline.stale.length > 0) return 2;
  // A part passes no judgement: whether a site is new can only be said of the whole.
  if (mode !== "check" || part !== null) return 0;
  return files.some((file) => file.findings.some((finding) => isDrift(finding, safety))) ? 1 : 0;
}
