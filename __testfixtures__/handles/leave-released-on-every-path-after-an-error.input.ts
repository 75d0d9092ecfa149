import { open } from "node:fs/promises";

export async function isReadable(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    await file.read();
  } catch {
    await file.close();
    return false;
  }
  await file.close();
  return true;
}
