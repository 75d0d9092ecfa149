import { mkdtemp } from "node:fs/promises";

export async function download(fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp("/tmp/download-");
  await fill(folder);
  return folder;
}
