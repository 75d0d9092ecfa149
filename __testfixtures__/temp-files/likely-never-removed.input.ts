import { mkdtempSync } from "node:fs";
import path from "node:path";

export async function compare(diff: (options: { cwd: string }) => Promise<{ text: string }>): Promise<string> {
  const folder = mkdtempSync("/tmp/compare-");
  const cwd = path.join(folder, "left");
  const found = await diff({ cwd });
  return found.text.trim();
}
