import { ResourceContext } from "resource-context";

export async function size(path: string): Promise<number> {
  await using ctx = new ResourceContext();
  const handle = await ctx.open(path);
  const { size } = await handle.stat();
  await handle.close();
  return size;
}

export async function head(path: string): Promise<Buffer> {
  await using ctx = new ResourceContext();
  const handle = await ctx.open(path, "r");
  const { buffer } = await handle.read(Buffer.alloc(80), 0, 80, 0);
  await handle.close();
  return buffer;
}
