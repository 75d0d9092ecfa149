import { createReadStream, createWriteStream } from "node:fs";
import { createGzip } from "node:zlib";

export async function compress(log: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const source = createReadStream(log).on("error", reject);
    const target = createWriteStream(`${log}.gz`).on("error", reject).on("finish", () => resolve());
    source.pipe(createGzip()).pipe(target);
  });
}
