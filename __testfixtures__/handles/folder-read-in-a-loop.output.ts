import { opendir } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function names(folder: string, isWanted: (folder: string) => Promise<boolean>): Promise<string[]> {
  const found: string[] = [];
  await using ctx = new ResourceContext();
  const entries = ctx.adopt(await opendir(folder), (handle) => handle.close());
  if (!(await isWanted(folder))) return [];
  for await (const { name } of ctx.disown(entries)) found.push(name);
  return found;
}
