import { promises as fs } from "fs";

export async function convert(run: (folder: string) => Promise<number>): Promise<number> {
  const folder = await fs.mkdtemp("/tmp/convert-");
  const pages = await run(folder);
  await fs.rm(folder, { recursive: true });
  return pages;
}
