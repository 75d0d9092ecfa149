import { mkdtempDisposableSync, promises } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";

export async function unpack(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtempDisposable("upload-");
  const other = await promises.mkdtempDisposable("upload-");
  const made = mkdtempDisposableSync("upload-");
  await run("check");
  made.remove();
  await other.remove();
  await folder.remove();
}
