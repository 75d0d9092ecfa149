import { createReadStream, createWriteStream } from "node:fs";
import { pipeline, type Writable } from "node:stream";
import { pipeline as pipeline2 } from "node:stream/promises";
import { createGunzip } from "node:zlib";

export async function unpack(log: string): Promise<void> {
  await pipeline2(createReadStream(log), createGunzip(), createWriteStream(log.slice(0, -3)));
}

export function send(log: string, response: Writable): void {
  pipeline(createReadStream(log), response, () => response.end());
}
