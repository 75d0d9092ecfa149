import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export function record(source: Readable, path: string): void {
  const out = createWriteStream(path);
  source.on("data", (chunk) => out.write(chunk));
  source.on("end", () => out.end());
}
