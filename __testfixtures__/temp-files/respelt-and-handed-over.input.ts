import { mkdtemp, realpath, rm } from "node:fs/promises";

export async function startRegistry(fill: (folder: string) => Promise<void>): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp("/tmp/registry-"));
  await fill(folder);
  return async () => {
    await rm(folder, { recursive: true });
  };
}
