import { ConfigError } from "../errors.js";
import type { BaselineLine } from "../types.js";

const header = "# resource-codemod baseline, version 1";
const explanation = [
  header,
  "# Sites that are accepted as they are, one a line: fingerprint, file, kind, verdict.",
  "# Made by resource-codemod --update-baseline. Sorted, so that git can merge it.",
];
const line = /^([0-9a-f]{16}) {2}(\S.*?) {2}([a-z-]+) {2}([a-z-]+)$/;

/** The text of a baseline. Sorted by fingerprint: changes of two people seldom meet. */
export function writeLines(lines: readonly BaselineLine[]): string {
  const texts = lines.map(({ fingerprint, file, kind, verdict }) =>
    [fingerprint, escapeBreaks(file), kind, verdict].join("  "),
  );
  return [...explanation, ...texts.sort(), ""].join("\n");
}

/** @throws ConfigError when the text is no baseline, with the line that is not understood. */
export function readLines(path: string, text: string): readonly BaselineLine[] {
  const rows = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const version = rows.find((row) => /^# resource-codemod baseline, version /.test(row));
  if (version !== undefined && version !== header)
    throw new ConfigError(
      `${path} is of another version: "${version}".\nExpected "${header}". Make it anew with --update-baseline.`,
    );
  return rows.flatMap((row, index) =>
    row === "" || row.startsWith("#") ? [] : [readLine(row, `${path}:${String(index + 1)}`)],
  );
}

function readLine(row: string, place: string): BaselineLine {
  if (/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(row))
    throw new ConfigError(
      `${place} has a merge conflict.\nKeep the lines of both sides and take out the markers, or run --update-baseline.`,
    );
  const [, fingerprint, file, kind, verdict] = line.exec(row) ?? [];
  if (fingerprint === undefined || file === undefined || kind === undefined || verdict === undefined)
    throw new ConfigError(
      `${place} is not a line of a baseline: "${row}".\nExpected "fingerprint  file  kind  verdict" with two spaces between. Make it anew with --update-baseline.`,
    );
  return { fingerprint, file: unescapeBreaks(file), kind, verdict };
}

/** A file name may hold anything but a zero byte. */
function escapeBreaks(file: string): string {
  return file.replace(/[%\r\n]| {2}|^\s|\s$/g, (text) => encodeURIComponent(text));
}

function unescapeBreaks(file: string): string {
  return file.replace(/%(?:25|0D|0A|20|09)/g, (text) => decodeURIComponent(text));
}
