import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export async function save(upload: Readable, file: string, late: Promise<void>): Promise<void> {
  const target = createWriteStream(file);
  const saved = new Promise<void>((resolve, reject) => {
    upload.on("error", reject).pipe(target).on("finish", resolve).on("error", reject);
  });
  await Promise.race([saved, late]);
}
