import { relative, sep } from "node:path";
import { repositoryOf } from "../folders.js";
import type { RunReport } from "../types.js";

/** The same report with paths seen from the root of the repository: GitHub and GitLab know no other folder. */
export function fromRepository(report: RunReport): RunReport {
  const way = relative(repositoryOf(report.root) ?? report.root, report.root)
    .split(sep)
    .join("/");
  if (way === "") return report;
  const placed = <Entry extends { readonly file: string }>(entry: Entry): Entry => ({
    ...entry,
    file: `${way}/${entry.file}`,
  });
  return { ...report, files: report.files.map(placed), remarks: report.remarks.map(placed) };
}
