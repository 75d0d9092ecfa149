import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

export async function compress(log: string): Promise<void> {
  const source = createReadStream(log);
  const gzip = createGzip();
  const target = createWriteStream(`${log}.gz`);
  await pipeline(source, gzip, target);
}
