import { mkdtempDisposableSync, promises } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function unpack(run: (folder: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = ctx.adopt(await mkdtempDisposable("upload-"), (folder) => folder.remove());
  const other = ctx.adopt(await promises.mkdtempDisposable("upload-"), (folder) => folder.remove());
  const made = ctx.adopt(mkdtempDisposableSync("upload-"), (folder) => folder.remove());
  await run("check");
  made.remove();
  await other.remove();
  await folder.remove();
}
