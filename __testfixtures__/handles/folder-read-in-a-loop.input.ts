import { opendir } from "node:fs/promises";

export async function names(folder: string, isWanted: (folder: string) => Promise<boolean>): Promise<string[]> {
  const found: string[] = [];
  const entries = await opendir(folder);
  if (!(await isWanted(folder))) return [];
  for await (const { name } of entries) found.push(name);
  return found;
}
