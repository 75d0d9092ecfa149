import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

export async function copy(log: string): Promise<void> {
  const source = createReadStream(log);
  const target = createWriteStream(`${log}.old`);
  await pipeline(source, target);
}
