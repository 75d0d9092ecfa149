import { open } from "node:fs/promises";

export async function lastByte(path: string): Promise<number | undefined> {
  const file = await open(path).catch(() => null);
  if (!file) return undefined;
  const { size } = await file.stat();
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  await file.close();
  return buffer[0];
}
