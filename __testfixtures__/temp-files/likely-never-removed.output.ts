import { mkdtempSync } from "node:fs";
import path from "node:path";
import { ResourceContext } from "resource-context";

export async function compare(diff: (options: { cwd: string }) => Promise<{ text: string }>): Promise<string> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(mkdtempSync("/tmp/compare-"));
  const cwd = path.join(folder, "left");
  const found = await diff({ cwd });
  return found.text.trim();
}
