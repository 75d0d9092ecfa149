import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { RunReport } from "../types.js";

/** The same report with paths seen from the root of the repository: GitHub and GitLab know no other folder. */
export function fromRepository(report: RunReport): RunReport {
  const way = relative(topOf(report.root), report.root).split(sep).join("/");
  if (way === "") return report;
  const placed = <Entry extends { readonly file: string }>(entry: Entry): Entry => ({
    ...entry,
    file: `${way}/${entry.file}`,
  });
  return { ...report, files: report.files.map(placed), remarks: report.remarks.map(placed) };
}

/** Where no repository is, the root of the run. */
function topOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return root;
  }
}
