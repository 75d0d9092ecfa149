import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";

export async function receive(request: IncomingMessage, file: string): Promise<void> {
  const target = createWriteStream(file);
  await new Promise<void>((resolve, reject) => {
    request.on("error", reject).pipe(target).on("error", reject).on("finish", resolve);
  });
}
