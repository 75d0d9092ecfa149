import { createWriteStream } from "node:fs";
import { ResourceContext } from "resource-context";
import type { Readable } from "node:stream";

export async function keepLog(stdout: Readable, file: string): Promise<void> {
  await using ctx = new ResourceContext();
  const log = ctx.stream(createWriteStream(file));
  await new Promise<void>((resolve, reject) => {
    stdout.on("error", reject).pipe(log).on("error", reject).on("finish", resolve);
  });
}
