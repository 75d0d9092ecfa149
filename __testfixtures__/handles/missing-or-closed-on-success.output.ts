import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function lastByte(path: string): Promise<number | undefined> {
  await using ctx = new ResourceContext();
  const file = ctx.file(await open(path).catch(() => null));
  if (!file) return undefined;
  const { size } = await file.stat();
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  await file.close();
  return buffer[0];
}
