import { mkdir } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function saveUploads(folder: string, uploads: readonly File[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    uploads.map(async (upload) => atomicWriteFile(`${folder}/${upload.name}`, await upload.text())),
  );
}
