import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kinds } from "../catalogue/kinds.js";
import { ConfigError, toError } from "../errors.js";
import { ownFolder } from "../manifest.js";
import { leaveReasons } from "../reasons.js";
import { transformIds } from "../transform-ids.js";
import type { Verdict } from "../types.js";

/** Where the documentation tells about a word of the report. */
export interface Page {
  /** Below the folder of this package. */
  readonly file: string;
  /** The one section that is about it; null for the whole page. */
  readonly heading: string | null;
}

const verdictsExplained: Readonly<Record<Verdict, true>> = {
  inert: true,
  held: true,
  daemon: true,
  local: true,
  root: true,
  event: true,
  field: true,
  container: true,
  "moved-out": true,
  unknown: true,
};

/** Every word of a report that has something to be told about it. */
export const words: ReadonlyMap<string, Page> = new Map<string, Page>([
  ...[...Object.keys(verdictsExplained), ...Object.keys(leaveReasons)].map(
    (word) => [word, { file: "docs/reasons.md", heading: word }] as const,
  ),
  ...Object.keys(kinds).map((kind) => [kind, { file: `docs/resources/${kind}.md`, heading: null }] as const),
  ...transformIds.map((id) => [id, { file: `docs/transforms/${id}.md`, heading: null }] as const),
]);

/** The documentation of a word, as Markdown. */
export function textOf({ file, heading }: Page): string {
  const text = read(join(ownFolder(), file));
  if (heading === null) return text;
  const [, section] = text.split(new RegExp(`^### ${heading}$`, "m"));
  if (section === undefined) throw new Error(`${file} has no section about ${heading}.`);
  return `# ${heading}${section.split(/^##+ /m)[0] ?? ""}`.trimEnd() + "\n";
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new ConfigError(
      `--explain: the documentation of this package is not complete: ${toError(thrown).message}\nInstall it again.`,
    );
  }
}
