import { promises as fs } from "fs";

export async function saveThumbnail(path: string, image: Uint8Array): Promise<void> {
  await fs.writeFile(path, image);
}
