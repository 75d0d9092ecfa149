import { rm, writeFile } from "node:fs/promises";

export async function replaceIndex(path: string, entries: readonly string[]): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, entries.join("\n"));
}
