import { open } from "node:fs/promises";

export async function saveUpload(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  await handle.writeFile(bytes);
  await handle.close();
}
