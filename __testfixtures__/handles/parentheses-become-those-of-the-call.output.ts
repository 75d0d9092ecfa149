import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function sizeOf(log: string): Promise<number> {
  await using ctx = new ResourceContext();
  const { size } = await ctx.file(await open(log)).stat();
  if (size === 0) throw new Error(`${log} is empty`);
  return size;
}
