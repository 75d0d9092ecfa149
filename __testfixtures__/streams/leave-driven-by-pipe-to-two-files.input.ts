import { createReadStream, createWriteStream } from "node:fs";

export function copyTwice(log: string): Promise<void> {
  const source = createReadStream(log);
  const first = createWriteStream(`${log}.1`);
  const second = createWriteStream(`${log}.2`);
  return new Promise((resolve, reject) => {
    source.on("error", reject).pipe(first).on("error", reject);
    source.pipe(second).on("error", reject).on("finish", resolve);
  });
}
