import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export function saveUpload(upload: Readable, file: string): Promise<void> {
  const target = createWriteStream(file);
  return new Promise((resolve, reject) => {
    upload.on("error", reject).pipe(target).on("finish", resolve).on("error", reject);
  });
}
