import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

export async function sendFile(path: string, response: ServerResponse): Promise<void> {
  await pipeline(createReadStream(path), response);
}
