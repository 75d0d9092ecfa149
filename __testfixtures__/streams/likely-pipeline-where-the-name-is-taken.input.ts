import { createReadStream, createWriteStream } from "node:fs";
import { pipeline, type Writable } from "node:stream";
import { createGunzip } from "node:zlib";

export async function unpack(log: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    createReadStream(log)
      .on("error", reject)
      .pipe(createGunzip())
      .on("error", reject)
      .pipe(createWriteStream(log.slice(0, -3)))
      .on("error", reject)
      .on("finish", resolve);
  });
}

export function send(log: string, response: Writable): void {
  pipeline(createReadStream(log), response, () => response.end());
}
