import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export async function save(upload: Readable, file: string, signal: AbortSignal): Promise<void> {
  const target = createWriteStream(file);
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener("abort", () => resolve());
    upload.on("error", reject).pipe(target).on("finish", resolve).on("error", reject);
  });
}
