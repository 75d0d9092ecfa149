import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function append(path: string, line: string): Promise<void> {
  const ctx = new ResourceContext();
  try {
    const file = ctx.file(await open(path, "a"));
    await file.write(line);
    await file.sync();
    await file.close();
  } finally {
    await ctx.disposeAsync();
  }
}
