import { mkdtemp } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function download(fill: (folder: string) => Promise<void>): Promise<string> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(await mkdtemp("/tmp/download-"));
  await fill(folder);
  return ctx.disown(folder);
}
