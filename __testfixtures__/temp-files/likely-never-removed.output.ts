import { mkdtempSync } from "node:fs";
import { ResourceContext } from "resource-context";

export async function compare(diff: (folder: string) => Promise<string>): Promise<string> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(mkdtempSync("/tmp/compare-"));
  return await diff(folder);
}
