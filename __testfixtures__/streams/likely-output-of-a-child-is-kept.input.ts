import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export async function keepLog(stdout: Readable, file: string): Promise<void> {
  const log = createWriteStream(file);
  await new Promise<void>((resolve, reject) => {
    stdout.on("error", reject).pipe(log).on("error", reject).on("finish", resolve);
  });
}
