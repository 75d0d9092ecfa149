import { createWriteStream } from "node:fs";
import { ResourceContext } from "resource-context";
import type { IncomingMessage } from "node:http";

export async function receive(request: IncomingMessage, file: string): Promise<void> {
  await using ctx = new ResourceContext();
  const target = ctx.stream(createWriteStream(file), { removePartial: true });
  await new Promise<void>((resolve, reject) => {
    request.on("error", reject).pipe(target).on("error", reject).on("finish", resolve);
  });
}
