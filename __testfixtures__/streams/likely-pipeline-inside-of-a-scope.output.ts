import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ResourceContext } from "resource-context";

export async function check(log: string, isValid: (log: string) => boolean): Promise<boolean> {
  const ctx = new ResourceContext();
  try {
    const folder = ctx.tempDir(await mkdtemp("logs-"));
    const source = createReadStream(log);
    const target = createWriteStream(`${folder}/plain.log`);
    await pipeline(source, createGunzip(), target);
    if (!isValid(`${folder}/plain.log`)) return false;
    await rm(folder, { recursive: true });
    return true;
  } finally {
    await ctx.disposeAsync();
  }
}
