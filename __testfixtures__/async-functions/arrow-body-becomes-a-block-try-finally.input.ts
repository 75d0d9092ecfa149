import { open } from "node:fs/promises";

export const textOf = async (log: string): Promise<string> => (await open(log)).readFile("utf8");

export const sizeOf = async (log: string): Promise<number> =>
  (await (await open(log)).stat()).size;
