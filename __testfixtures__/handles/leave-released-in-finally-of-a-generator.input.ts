import { open } from "node:fs/promises";

export async function* lines(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) yield line;
  } finally {
    await file.close();
  }
}
