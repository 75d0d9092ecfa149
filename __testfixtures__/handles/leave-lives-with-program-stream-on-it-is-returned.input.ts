import { open } from "node:fs/promises";
import type { ReadStream } from "node:fs";

export async function readLog(log: string): Promise<ReadStream> {
  return (await open(log)).createReadStream();
}

export async function readUpload(upload: string): Promise<ReadStream> {
  const handle = await open(upload);
  const stream = handle.createReadStream();
  return stream;
}
