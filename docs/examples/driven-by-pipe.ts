import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";

export function sendFile(path: string, response: ServerResponse): void {
  createReadStream(path).pipe(response);
}
