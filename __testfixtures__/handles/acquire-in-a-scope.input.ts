import fs from "node:fs";
import { open } from "node:fs/promises";

export async function size(path: string): Promise<number> {
  const handle = await open(path);
  const { size } = await handle.stat();
  await handle.close();
  return size;
}

export async function head(path: string): Promise<Buffer> {
  const handle = await fs.promises.open(path, "r");
  const { buffer } = await handle.read(Buffer.alloc(80), 0, 80, 0);
  await handle.close();
  return buffer;
}
