import { open, type FileHandle } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function openLocked(path: string, lock: (fd: number) => Promise<void>): Promise<FileHandle> {
  await using ctx = new ResourceContext();
  const file = ctx.file(await open(path, "r+"));
  await lock(file.fd);
  return ctx.disown(file);
}
