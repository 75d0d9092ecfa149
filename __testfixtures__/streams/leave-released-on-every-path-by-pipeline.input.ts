import { createReadStream, createWriteStream } from "graceful-fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

export async function compress(path: string): Promise<void> {
  await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}.gz`));
}
