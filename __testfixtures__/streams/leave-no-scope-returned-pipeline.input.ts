import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

export function saveUpload(path: string, open: () => NodeJS.ReadableStream): Promise<void> {
  const target = createWriteStream(path);
  const upload = open();
  return pipeline(upload, target);
}
