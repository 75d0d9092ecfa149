import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function outputFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "output-"));
  const file = join(folder, "output.json");
  return `file://${file}`;
}
