import { mkdtempSync } from "node:fs";
import { ResourceContext } from "resource-context";

export async function compare(diff: (folder: string) => Promise<string>): Promise<string> {
  const folder = ResourceContext.root.tempDir(mkdtempSync("/tmp/compare-"));
  return await diff(folder);
}
