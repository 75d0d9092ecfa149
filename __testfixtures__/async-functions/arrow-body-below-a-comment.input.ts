import { open } from "node:fs/promises";

export const sizeOf = async (log: string) =>
  // An empty name stands for standard input.
  log === "" ? null : (await open(log)).stat();

export const modesOf = (uploads: readonly string[]) =>
  Promise.all(uploads.map(async (upload) => (await (await open(upload)).stat()).mode));
