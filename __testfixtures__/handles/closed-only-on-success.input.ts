import { open } from "node:fs/promises";

export async function readHeader(path: string): Promise<string> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(64), 0, 64, 0);
  await file.close();
  return buffer.toString("latin1");
}
