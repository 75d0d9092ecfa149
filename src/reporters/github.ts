import type { RunReport } from "../types.js";
import { calleeOf, nounOf, openSites } from "./rules.js";
import { counted } from "./style.js";

/** GitHub shows this many annotations of a level for each step; the rest is only in the log. */
const shownByGitHub = 10;

/** Workflow commands: an annotation at each site, an error where a check fails for it. */
export function github(report: RunReport): string {
  const open = openSites(report);
  const level = report.mode === "check" ? "error" : "warning";
  const sites = open.map(({ file, finding: { acquisition, message } }) => {
    const { line, column, endLine, endColumn, kind, api } = acquisition;
    // GitHub wants no columns where an annotation spans lines.
    const columns = line === endLine ? { col: column, endColumn } : {};
    const title = `Unmanaged ${nounOf(kind)} (${calleeOf(api)})`;
    return command(level, message, { title, file, line, endLine, ...columns });
  });
  const failures = report.files.flatMap((file) =>
    file.status === "failed"
      ? [command("error", file.error, { title: `Could not be processed (${file.stage})`, file: file.file })]
      : [],
  );
  const remarks = report.remarks.map(({ file, line, message }) =>
    command("warning", message, { title: "A comment that accepts nothing", file, line }),
  );
  return [...failures, ...sites, ...remarks, ...total(open.length)].map((line) => `${line}\n`).join("");
}

function total(open: number): readonly string[] {
  if (open <= shownByGitHub) return [];
  const text = `${counted(open, "unmanaged resource")}; GitHub shows the first ${String(shownByGitHub)}, the log shows all.`;
  return [command("notice", text, { title: "resource-codemod" })];
}

type Properties = Readonly<Record<string, string | number>>;

/** As `@actions/core` writes it. */
function command(name: string, message: string, properties: Properties): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
