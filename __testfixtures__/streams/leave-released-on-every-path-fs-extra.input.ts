import { createReadStream, createWriteStream } from "fs-extra";
import { pipeline } from "stream/promises";

export async function backUp(path: string): Promise<void> {
  await pipeline(createReadStream(path), createWriteStream(`${path}.bak`));
}
