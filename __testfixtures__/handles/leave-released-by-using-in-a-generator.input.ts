import { open } from "node:fs/promises";

export async function* lines(path: string): AsyncGenerator<string> {
  await using file = await open(path);
  for await (const line of file.readLines()) yield line;
}
