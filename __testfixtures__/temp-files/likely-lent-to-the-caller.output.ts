import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceContext } from "resource-context";

export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(await mkdtemp(join(tmpdir(), "upload-")));
  await work(folder);
}
