import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ResourceContext } from "resource-context";

export async function upload(data: string, send: (path: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = await ctx.mkdtemp("/tmp/upload-");
  await writeFile(join(folder, "data"), data);
  await send(folder);
  await rm(folder, { recursive: true });
}
