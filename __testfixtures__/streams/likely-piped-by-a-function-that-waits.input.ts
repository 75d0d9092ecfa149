import { createWriteStream, type WriteStream } from "node:fs";
import type { Readable } from "node:stream";

export async function saveUpload(file: string, open: () => Promise<Readable>): Promise<void> {
  const target = createWriteStream(file);
  await fill(await open(), target);
}

async function fill(upload: Readable, target: WriteStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    upload.on("error", reject).pipe(target).on("close", resolve).on("error", reject);
  });
}
