import { open } from "node:fs/promises";

export async function firstBytes(paths: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const path of paths) {
    const file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(1));
    if (bytesRead === 0) continue;
    found.push(buffer[0] ?? 0);
    await file.close();
  }
  return found;
}
