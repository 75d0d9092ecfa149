import { open, type FileHandle } from "node:fs/promises";

export async function openChecked(path: string): Promise<FileHandle> {
  const file = await open(path);
  let isGood = false;
  try {
    await file.stat();
    isGood = true;
    return file;
  } finally {
    if (!isGood) await file.close();
  }
}
