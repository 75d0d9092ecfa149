import type { BaselineReport, RunReport } from "../types.js";
import { visible } from "./diff-lines.js";
import { counted, type Style } from "./style.js";

const shownAtMost = 10;

/** What the baseline did, where there is something to do or to know. */
export function baselineSection({ baseline }: RunReport, style: Style): string {
  if (baseline === null) return "";
  if (baseline.action !== "use") return written(baseline);
  if (baseline.stale.length === 0) return "";
  const { colors, verbosity, command } = style;
  const shown = verbosity === "verbose" ? baseline.stale : baseline.stale.slice(0, shownAtMost);
  const more = baseline.stale.length - shown.length;
  return [
    `${colors.bold(`${counted(baseline.stale.length, "line")} of ${visible(baseline.file)} accept${baseline.stale.length === 1 ? "s" : ""} a site that is gone`)}`,
    ...shown.map(({ fingerprint, file, kind }) => `  ${fingerprint}  ${visible(file)}  ${kind}`),
    ...(more > 0 ? [colors.dim(`  and ${String(more)} more (--verbose names each)`)] : []),
    `Drop them:       ${colors.bold(`npx resource-codemod --prune-baseline${command}`)}`,
  ].join("\n");
}

function written({ file, action, accepted, added, stale }: BaselineReport): string {
  const dropped = `${String(stale.length)} dropped`;
  const changes = action === "update" ? `${String(added)} added, ${dropped}` : dropped;
  return `${visible(file)} accepts ${counted(accepted, "site")} (${changes}).`;
}
