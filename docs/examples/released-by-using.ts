import { open } from "node:fs/promises";

export async function textOf(path: string): Promise<string> {
  await using file = await open(path);
  return await file.readFile("utf8");
}
