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
  // With a space in the name, only the tab says where the name ends.
  const end = file.includes(" ") ? "\t" : "";
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, settings);
  return end === "" ? text : text.replace(/^((?:---|\+\+\+) [^\n"]*)$/gm, headerEnd(end));
}

function headerEnd(end: string): (line: string, header: string, at: number) => string {
  let left = 2;
  return (line) => (left-- > 0 ? line + end : line);
}
