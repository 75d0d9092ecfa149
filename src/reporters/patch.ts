import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { RunReport } from "../types.js";

/** Nothing but a patch that `git apply` takes, with the package.json files that get the runtime. */
export function patch(report: RunReport): string {
  const changed = report.files.flatMap((file) => (file.status === "changed" ? [file] : []));
  // A manifest above the root cannot be part of a patch for the root.
  const installs = report.installs.filter(({ file }) => !file.startsWith("../"));
  return [...changed, ...installs].map(unified).join("");
}

interface Texts {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The difference of one file, with three lines around each change. */
export function unified({ file, before, after }: Texts): string {
  const settings = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, settings);
  const [old = "", fresh = "", ...hunks] = text.split("\n");
  return [ended(old), ended(fresh), ...hunks].join("\n");
}

/** With a space in a name that is not quoted, only a tab says where the name ends. */
function ended(header: string): string {
  return header.slice(4).includes(" ") && !header.endsWith('"') ? `${header}\t` : header;
}
