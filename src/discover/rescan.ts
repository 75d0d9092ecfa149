import { notHandWritten } from "./generated.js";
import { readText } from "./read.js";

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
    const reading = readText(root, file);
    if (reading.status !== "read") return false;
    const { text } = reading;
    const isImporter =
      projectImport.test(text) && names.some((name) => text.includes(name)) && braces.test(text);
    return isImporter && notHandWritten(file, text) === null;
  });
}

function escape(name: string): string {
  return name.replace(/\$/g, "\\$");
}
