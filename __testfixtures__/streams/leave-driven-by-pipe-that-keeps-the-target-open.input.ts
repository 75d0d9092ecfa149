import { createReadStream, createWriteStream } from "node:fs";

export function append(part: string, log: string): Promise<void> {
  const source = createReadStream(part);
  const target = createWriteStream(log, { flags: "a" });
  return new Promise((resolve, reject) => {
    source.on("error", reject).pipe(target, { end: false });
    target.on("error", reject).on("finish", resolve);
  });
}
