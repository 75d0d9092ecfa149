import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export const sizeOf = async (log: string) =>
  // An empty name stands for standard input.
  {
    await using ctx = new ResourceContext();
    return await (log === "" ? null : ctx.file(await open(log)).stat());
  };

export const modesOf = (uploads: readonly string[]) =>
  Promise.all(uploads.map(async (upload) => {
    await using ctx = new ResourceContext();
    return (await ctx.file(await open(upload)).stat()).mode;
  }));
