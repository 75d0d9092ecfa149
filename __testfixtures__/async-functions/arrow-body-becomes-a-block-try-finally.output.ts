import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export const textOf = async (log: string): Promise<string> => {
  const ctx = new ResourceContext();
  try {
    return await ctx.file(await open(log)).readFile("utf8");
  } finally {
    await ctx.disposeAsync();
  }
};

export const sizeOf = async (log: string): Promise<number> => {
  const ctx = new ResourceContext();
  try {
    return (await ctx.file(await open(log)).stat()).size;
  } finally {
    await ctx.disposeAsync();
  }
};
