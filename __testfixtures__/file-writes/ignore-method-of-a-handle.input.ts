import type { FileHandle } from "node:fs/promises";

export async function saveUpload(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  await handle.writeFile(bytes);
  await handle.close();
}
