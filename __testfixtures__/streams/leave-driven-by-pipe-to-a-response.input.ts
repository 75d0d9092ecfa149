import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";

export function sendFile(path: string, response: ServerResponse): void {
  const file = createReadStream(path);
  file.on("error", () => response.writeHead(404).end());
  file.pipe(response);
}
