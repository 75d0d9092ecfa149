import { createReadStream, createWriteStream } from "node:fs";

export async function copy(log: string): Promise<void> {
  const source = createReadStream(log);
  const target = createWriteStream(`${log}.old`);
  await new Promise<void>((resolve, reject) => {
    source.on("error", reject);
    target.on("error", reject);
    target.on("close", resolve);
    source.pipe(target);
  });
}
