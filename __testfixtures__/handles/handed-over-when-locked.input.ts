import { open, type FileHandle } from "node:fs/promises";

export async function openLocked(path: string, lock: (fd: number) => Promise<void>): Promise<FileHandle> {
  const file = await open(path, "r+");
  await lock(file.fd);
  return file;
}
