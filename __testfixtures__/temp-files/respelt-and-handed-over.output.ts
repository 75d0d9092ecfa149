import { mkdtemp, realpath, rm } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function startRegistry(fill: (folder: string) => Promise<void>): Promise<() => Promise<void>> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(await realpath(await mkdtemp("/tmp/registry-")));
  await fill(folder);
  ctx.disown(folder);
  return async () => {
    await rm(folder, { recursive: true });
  };
}
