import { createReadStream, createWriteStream } from "node:fs";
import { createGzip } from "node:zlib";
import { pipeline } from "node:stream/promises";

export async function compress(log: string): Promise<void> {
  await pipeline(createReadStream(log), createGzip(), createWriteStream(`${log}.gz`));
}
