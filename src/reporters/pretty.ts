import { leaveReasons } from "../reasons.js";
import type { RunReport } from "../types.js";
import { checkSection } from "./check-section.js";
import { baselineSection } from "./baseline-section.js";
import { coloured, visible } from "./diff-lines.js";
import { unified } from "./patch.js";
import { counted, type Style } from "./style.js";
import { siteLine } from "./site-line.js";
import { summarise, type Summary } from "./summary.js";

/** The report for people: what changes and why, then what was left, what failed, and the counts. */
export function pretty(report: RunReport, style: Style): string {
  const summary = summarise(report);
  if (report.part !== null) return ofPart(report, summary, style);
  const sections = [
    ...(report.mode === "check" ? [checkSection(summary, style)] : [changes(report, summary, style)]),
    installs(report, style),
    baselineSection(report, style),
    remarks(report, style),
    takenBack(summary, style),
    left(summary, style),
    failures(summary, style),
    totals(report, summary, style),
    nextStep(report, summary, style),
  ];
  return sections.filter((section) => section !== "").join("\n\n") + "\n";
}

/** A part is not told about site by site: it may be that the baseline accepts them. */
function ofPart(report: RunReport, summary: Summary, style: Style): string {
  const { index, count } = report.part ?? { index: 1, count: 1 };
  const what = `Part ${String(index)} of ${String(count)}: ${counted(summary.sites.length, "site")} in ${counted(report.scanned, "file")}.`;
  const next = `${style.colors.bold("npx resource-codemod merge <reports>")} judges all parts together.`;
  return (
    [failures(summary, style), `${what} ${next}`].filter((section) => section !== "").join("\n\n") + "\n"
  );
}

function changes(report: RunReport, summary: Summary, style: Style): string {
  const changed = report.files.flatMap((file) => (file.status === "changed" ? [file] : []));
  const blocks = changed.map((file) => {
    const reasons = summary.applied
      .filter((site) => site.file === file.file)
      .map((site) => siteLine(site, style));
    // What has been written can be seen with git.
    if (report.mode === "write") return reasons.join("\n");
    return [...reasons, coloured(unified(file).trimEnd(), style.colors)].join("\n");
  });
  return blocks.join(report.mode === "write" ? "\n" : "\n\n");
}

function installs(report: RunReport, { colors }: Style): string {
  const added = report.mode === "write" ? "Added" : "Would add";
  return report.installs
    .map(({ file, before, after, command }) => {
      const line = `${added} the runtime to ${visible(file)}; then install it: ${colors.bold(command)}`;
      if (report.mode === "write") return line;
      return `${line}\n${coloured(unified({ file, before, after }).trimEnd(), colors)}`;
    })
    .join("\n\n");
}

/** Always by name: a check has found what the rules did not know. */
function takenBack({ left: groups }: Summary, style: Style): string {
  const sites = groups.find(({ reason }) => reason === "failed-verification")?.sites ?? [];
  if (sites.length === 0) return "";
  const head = style.colors.yellow(style.colors.bold("Taken back, for a check failed"));
  return [head, ...sites.map((site) => `  ${siteLine(site, style)}`)].join("\n");
}

function left({ left: groups }: Summary, style: Style): string {
  if (groups.length === 0) return "";
  const { colors, verbosity } = style;
  const shown = verbosity === "verbose" ? groups : groups.slice(0, 8);
  const width = Math.max(...shown.map((group) => group.reason.length));
  const lines = shown.flatMap(({ reason, sites }) => [
    `${String(sites.length).padStart(5)}  ${reason.padEnd(width)}  ${colors.dim(leaveReasons[reason])}`,
    ...(verbosity === "verbose" ? sites.map((site) => `         ${siteLine(site, style)}`) : []),
  ]);
  const rest = groups.slice(shown.length).reduce((sum, group) => sum + group.sites.length, 0);
  const more = rest > 0 ? [`${String(rest).padStart(5)}  for other reasons`] : [];
  const hint = verbosity === "verbose" ? "" : colors.dim(" (--verbose names each)");
  return [`${colors.bold("Left as they are")}${hint}`, ...lines, ...more].join("\n");
}

function remarks(report: RunReport, { colors }: Style): string {
  if (report.remarks.length === 0) return "";
  const lines = report.remarks.map(
    ({ file, line, message }) => `  ${visible(file)}:${String(line)}  ${visible(message)}`,
  );
  return [colors.yellow(colors.bold("Comments that accept nothing")), ...lines].join("\n");
}

function failures({ failed }: Summary, { colors }: Style): string {
  if (failed.length === 0) return "";
  const lines = failed.map(({ file, stage, error }) => {
    const [first = "", ...more] = error.split("\n").map(visible);
    return [`  ${visible(file)} (${stage}): ${first}`, ...more.map((line) => `    ${line}`)].join("\n");
  });
  return [colors.red(colors.bold("Could not be processed")), ...lines].join("\n");
}

function totals(report: RunReport, summary: Summary, style: Style): string {
  const { colors } = style;
  const verb = report.mode === "write" ? "changed" : "would change";
  const rows: readonly (readonly [string, string])[] = [
    ["Looked at", `${counted(report.scanned, "file")}, ${counted(report.candidates, "candidate")}`],
    ["Sites", `${String(summary.sites.length)}${listed(summary.byVerdict)}`],
    [
      verb === "changed" ? "Changed" : "Would change",
      `${counted(summary.applied.length, "site")} in ${counted(summary.changed, "file")}`,
    ],
    ...Object.entries(summary.above).map(([level, count]): readonly [string, string] => {
      return [
        "Held back",
        `${counted(count, "site")} at level ${level} (--safety ${level} includes ${count === 1 ? "it" : "them"})`,
      ];
    }),
    [
      "Left",
      `${counted(
        summary.left.reduce((sum, group) => sum + group.sites.length, 0),
        "site",
      )}, ${String(summary.suppressed)} suppressed, ${String(summary.inBaseline)} in baseline${summary.declined > 0 ? `, ${String(summary.declined)} declined` : ""}`,
    ],
    ...report.verified.map((note): readonly [string, string] => ["Verified", note]),
    ["Failed", counted(summary.failed.length, "file")],
    ["Time", seconds(summary.milliseconds) + (style.timings ? listedTimes(report.timings) : "")],
  ];
  return rows.map(([name, value]) => `${colors.bold(name.padEnd(13))} ${value}`).join("\n");
}

function listed(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([word, count]) => `${word} ${String(count)}`);
  return entries.length === 0 ? "" : `: ${entries.join(", ")}`;
}

function listedTimes(timings: Readonly<Record<string, number>>): string {
  return ` (${Object.entries(timings)
    .map(([stage, time]) => `${stage} ${seconds(time)}`)
    .join(", ")})`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function nextStep(report: RunReport, summary: Summary, { colors, command }: Style): string {
  if (summary.changed === 0) return "";
  if (report.mode === "dry")
    return `Nothing was written. To apply this: ${colors.bold(`npx resource-codemod --write${command}`)}`;
  if (report.mode !== "write") return "";
  const mended = summary.applied.filter(({ finding }) => finding.standing.is === "baseline").length;
  return [
    `Review it with git diff. To take it back: ${colors.bold("npx resource-codemod --undo")}`,
    ...(mended === 0 || report.baseline === null
      ? []
      : [
          `${counted(mended, "site")} of ${visible(report.baseline.file)} ${mended === 1 ? "is" : "are"} mended now. To drop the lines: ${colors.bold("npx resource-codemod --prune-baseline")}`,
        ]),
  ].join("\n");
}
