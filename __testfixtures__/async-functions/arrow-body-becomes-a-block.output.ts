import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export const textOf = async (log: string): Promise<string> => {
  await using ctx = new ResourceContext();
  return await ctx.file(await open(log)).readFile("utf8");
};

export const sizeOf = async (log: string): Promise<number> => {
  await using ctx = new ResourceContext();
  return (await ctx.file(await open(log)).stat()).size;
};
