import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { createGzip } from "node:zlib";

export async function compress(log: string): Promise<void> {
  const packed = createReadStream(log).pipe(createGzip()).pipe(createWriteStream(`${log}.gz`));
  await once(packed, "close");
}
