import { mkdir } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function mirror(page: string, folder: string, html: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await atomicWriteFile(`${folder}/${page}`, html);
}
