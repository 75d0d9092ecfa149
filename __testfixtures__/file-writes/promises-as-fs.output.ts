import { atomicWriteFile } from "resource-context";

export async function saveThumbnail(path: string, image: Uint8Array): Promise<void> {
  await atomicWriteFile(path, image);
}
