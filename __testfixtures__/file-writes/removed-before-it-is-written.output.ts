import { rm } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function replaceIndex(path: string, entries: readonly string[]): Promise<void> {
  await rm(path, { force: true });
  await atomicWriteFile(path, entries.join("\n"));
}
