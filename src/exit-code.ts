import { isDrift } from "./plan/levels.js";
import type { RunReport } from "./types.js";

/** 0: nothing to do, or all of it done. 1: `--check` found drift. 2: the answer cannot be trusted. */
export function exitCodeOf({
  mode,
  safety,
  files,
  baseline,
}: Pick<RunReport, "mode" | "safety" | "files" | "baseline">): 0 | 1 | 2 {
  if (files.some((file) => file.status === "failed")) return 2;
  if (baseline?.action === "use" && baseline.strict && baseline.stale.length > 0) return 2;
  if (mode !== "check") return 0;
  return files.some((file) => file.findings.some((finding) => isDrift(finding, safety))) ? 1 : 0;
}
