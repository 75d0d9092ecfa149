import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { createGzip } from "node:zlib";
import { ResourceContext } from "resource-context";

export async function compress(log: string): Promise<void> {
  await using ctx = new ResourceContext();
  const packed = ctx.stream(createReadStream(log)).pipe(createGzip()).pipe(ctx.stream(createWriteStream(`${log}.gz`), { removePartial: true }));
  await once(packed, "close");
}
