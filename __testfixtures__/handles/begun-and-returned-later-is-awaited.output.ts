import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function textOf(log: string): Promise<string> {
  await using ctx = new ResourceContext();
  const handle = ctx.file(await open(log));
  const text = handle.readFile("utf8");
  return await text;
}

export async function bytesOf(upload: string): Promise<Buffer> {
  await using ctx = new ResourceContext();
  return await ctx.file(await open(upload)).readFile();
}
