import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export async function resume(upload: Readable, file: string): Promise<void> {
  const target = createWriteStream(file, { flags: "a" });
  await new Promise<void>((resolve, reject) => {
    upload.on("error", reject).pipe(target).on("error", reject).on("finish", resolve);
  });
}
