import { visible } from "./diff-lines.js";
import type { Style } from "./style.js";
import type { Site } from "./summary.js";

/** `src/run.ts:12:17  safe  sentence`: editors and terminals make the place a link. */
export function siteLine({ file, finding }: Site, { colors }: Style): string {
  const { line, column } = finding.acquisition;
  const place = `${visible(file)}:${String(line)}:${String(column)}`;
  return `${colors.bold(place)}  ${colors.yellow(finding.level)}  ${visible(finding.message)}`;
}
