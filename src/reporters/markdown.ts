import { leaveReasons } from "../reasons.js";
import type { RunReport } from "../types.js";
import { calleeOf, nounOf } from "./rules.js";
import { counted } from "./style.js";
import { summarise, type Site, type Summary } from "./summary.js";

const sitesAtMost = 200;

/** The body of a pull request, or the summary of a build: what changes for each kind, what is left and why, how to review. */
export function markdown(report: RunReport): string {
  const summary = summarise(report);
  const sections = [
    `## ${titleOf(report, summary)}`,
    overview(report, summary),
    changes(report, summary),
    left(summary),
    failures(summary),
    remarks(report),
    review(report, summary),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function titleOf({ mode }: RunReport, { applied, changed }: Summary): string {
  const sites = counted(applied.length, "unmanaged resource");
  const files = counted(changed, "file");
  if (applied.length === 0) return "No unmanaged resource needs changing";
  if (mode === "check") return `${sites} in ${files}`;
  return `${mode === "write" ? "Released" : "Would release"} ${sites} in ${files}`;
}

function overview(report: RunReport, summary: Summary): string {
  const { sites, suppressed, inBaseline, left: groups } = summary;
  const rest = groups.reduce((sum, group) => sum + group.sites.length, 0);
  const above = Object.entries(summary.above).map(
    ([level, count]) => `${String(count)} held back at level \`${level}\``,
  );
  const parts = [
    `Looked at ${counted(report.scanned, "file")} and ${counted(sites.length, "site")}`,
    `${String(rest)} left as they are`,
    ...above,
    ...(suppressed > 0 ? [`${String(suppressed)} suppressed`] : []),
    ...(inBaseline > 0 ? [`${String(inBaseline)} in the baseline`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function changes({ mode }: RunReport, { applied }: Summary): string {
  if (applied.length === 0) return "";
  const kinds = [...new Set(applied.map(({ finding }) => finding.acquisition.kind))].sort();
  const tables = kinds.map((kind) => {
    const of = applied.filter(({ finding }) => finding.acquisition.kind === kind);
    return details(`${capitalised(nounOf(kind))}: ${counted(of.length, "site")}`, [
      "| place | call | level | why |",
      "| --- | --- | --- | --- |",
      ...of.slice(0, sitesAtMost).map(row),
      ...(of.length > sitesAtMost ? ["", `and ${String(of.length - sitesAtMost)} more`] : []),
    ]);
  });
  return [`### ${mode === "check" ? "What is new" : "What changes"}`, ...tables].join("\n\n");
}

function row({ file, finding }: Site): string {
  const { line, api } = finding.acquisition;
  return `| ${code(`${file}:${String(line)}`)} | ${code(calleeOf(api))} | ${finding.level} | ${cell(finding.message)} |`;
}

function left({ left: groups }: Summary): string {
  if (groups.length === 0) return "";
  const rows = groups.map(
    ({ reason, sites }) => `| ${String(sites.length)} | ${code(reason)} | ${cell(leaveReasons[reason])} |`,
  );
  return ["### What is left, and why", "", "| sites | reason | |", "| ---: | --- | --- |", ...rows].join(
    "\n",
  );
}

function failures({ failed }: Summary): string {
  if (failed.length === 0) return "";
  const rows = failed.map(({ file, stage, error }) => `- ${code(file)} (${stage}): ${cell(error)}`);
  return ["### Could not be processed", "", ...rows].join("\n");
}

function remarks({ remarks: all }: RunReport): string {
  if (all.length === 0) return "";
  const rows = all.map(({ file, line, message }) => `- ${code(`${file}:${String(line)}`)}: ${cell(message)}`);
  return ["### Comments that accept nothing", "", ...rows].join("\n");
}

function review({ mode }: RunReport, { applied }: Summary): string {
  if (applied.length === 0) return "";
  if (mode === "check")
    return "See each change with `npx resource-codemod --dry`, make it with `npx resource-codemod --write`, or accept it with `npx resource-codemod --update-baseline`.";
  return [
    "### How to review",
    "",
    "- The original call stays, and a context adopts what it gives: on success the code does what it did.",
    "- `safe` changes concern only errors, signals and exits. For `likely` ones, read the reason: a lifetime or an observable detail may change.",
    "- `npx resource-codemod --explain <file>:<line>` shows the path that leaks, and what else was tried.",
  ].join("\n");
}

function details(summary: string, lines: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"].join("\n");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Text of others: neither a table nor HTML nor a mention may come out of it. */
function cell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, " ")
    .replace(/[\\`*_{}[\]<>|#~]/g, "\\$&")
    .replaceAll("@", "&#64;");
}

/** A code span that holds any backticks; a `|` would end the cell even there. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + pad + text.replace(/[\r\n]+/g, " ").replaceAll("|", "\\|") + pad + fence;
}
