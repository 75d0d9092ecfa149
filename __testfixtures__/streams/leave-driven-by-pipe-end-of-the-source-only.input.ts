import { createReadStream, createWriteStream } from "node:fs";
import { createGzip } from "node:zlib";

export async function compress(log: string): Promise<void> {
  const source = createReadStream(log);
  const target = createWriteStream(`${log}.gz`);
  source.pipe(createGzip()).pipe(target);
  await new Promise<void>((resolve, reject) => {
    source.on("end", resolve);
    source.on("error", reject);
  });
}
