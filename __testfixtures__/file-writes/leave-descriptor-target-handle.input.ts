import { open, writeFile } from "node:fs/promises";

export async function writeUpload(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "w");
  await writeFile(handle, bytes);
  await handle.close();
}
