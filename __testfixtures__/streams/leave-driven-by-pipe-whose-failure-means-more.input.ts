import { createReadStream, createWriteStream, rmSync } from "node:fs";

export function copy(log: string): Promise<void> {
  const source = createReadStream(log);
  const target = createWriteStream(`${log}.old`);
  return new Promise((resolve, reject) => {
    source.pipe(target).on("finish", resolve);
    target.on("error", (error) => {
      rmSync(`${log}.old`);
      reject(error);
    });
  });
}
