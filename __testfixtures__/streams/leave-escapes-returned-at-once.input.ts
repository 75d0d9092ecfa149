import { createReadStream, type ReadStream } from "node:fs";

export function openAt(path: string, start: number): ReadStream {
  const input = createReadStream(path, { start });
  return input;
}
