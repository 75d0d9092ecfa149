import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

export async function compress(log: string): Promise<void> {
  await pipeline(createReadStream(log), createGzip(), createWriteStream(`${log}.gz`));
}
