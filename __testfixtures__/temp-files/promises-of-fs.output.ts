import { promises as fs } from "fs";
import { ResourceContext } from "resource-context";

export async function convert(run: (folder: string) => Promise<number>): Promise<number> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(await fs.mkdtemp("/tmp/convert-"));
  const pages = await run(folder);
  await fs.rm(folder, { recursive: true });
  return pages;
}
