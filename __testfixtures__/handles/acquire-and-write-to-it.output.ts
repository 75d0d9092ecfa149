import { writeFile } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function note(path: string, lines: readonly string[]): Promise<void> {
  await using ctx = new ResourceContext();
  const handle = await ctx.open(path, "a");
  for (const line of lines) await writeFile(handle, line);
  await handle.close();
}
