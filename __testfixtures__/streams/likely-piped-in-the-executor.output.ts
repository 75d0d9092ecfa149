import { createReadStream, createWriteStream } from "node:fs";
import { createGzip } from "node:zlib";
import { ResourceContext } from "resource-context";

export async function compress(log: string): Promise<void> {
  await using ctx = new ResourceContext();
  await new Promise<void>((resolve, reject) => {
    const source = ctx.stream(createReadStream(log)).on("error", reject);
    const target = ctx.stream(createWriteStream(`${log}.gz`), { removePartial: true }).on("error", reject).on("finish", () => resolve());
    source.pipe(createGzip()).pipe(target);
  });
}
