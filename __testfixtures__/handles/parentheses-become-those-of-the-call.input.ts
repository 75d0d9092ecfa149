import { open } from "node:fs/promises";

export async function sizeOf(log: string): Promise<number> {
  const { size } = await (await open(log)).stat();
  if (size === 0) throw new Error(`${log} is empty`);
  return size;
}
