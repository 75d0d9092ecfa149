import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createGunzip } from "node:zlib";

export async function check(log: string, isValid: (log: string) => boolean): Promise<boolean> {
  const folder = await mkdtemp("logs-");
  const source = createReadStream(log);
  const target = createWriteStream(`${folder}/plain.log`);
  await new Promise<void>((resolve, reject) => {
    source.on("error", reject).pipe(createGunzip()).pipe(target);
    target.on("error", reject).on("finish", resolve);
  });
  if (!isValid(`${folder}/plain.log`)) return false;
  await rm(folder, { recursive: true });
  return true;
}
