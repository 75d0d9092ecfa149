import { readFileSync } from "node:fs";
import path from "node:path";

const projectImport = /(?:from|require\s*\(|import\s*\()\s*['"]\.{1,2}(?:\/|['"])/;

/** The files that import one of the names from another project file: the prefilter, run again for re-exports. */
export function importersOf(
  names: readonly string[],
  files: readonly string[],
  root: string,
): readonly string[] {
  if (names.length === 0) return [];
  const braces = new RegExp(
    `\\{[^{}]*\\b(?:${names.map(escape).join("|")})\\b[^{}]*\\}\\s*(?:=|from\\b)|\\*\\s+as\\b`,
  );
  return files.filter((file) => {
    const text = readFileSync(path.join(root, file), "latin1");
    return projectImport.test(text) && names.some((name) => text.includes(name)) && braces.test(text);
  });
}

function escape(name: string): string {
  return name.replace(/\$/g, "\\$");
}
