import { mkdtempSync } from "node:fs";

export async function compare(diff: (folder: string) => Promise<string>): Promise<string> {
  const folder = mkdtempSync("/tmp/compare-");
  return await diff(folder);
}
