import { mkdir, writeFile } from "node:fs/promises";

export async function saveUploads(folder: string, uploads: readonly File[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    uploads.map(async (upload) => writeFile(`${folder}/${upload.name}`, await upload.text())),
  );
}
