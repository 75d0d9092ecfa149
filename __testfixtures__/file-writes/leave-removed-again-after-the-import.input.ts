import { unlink, writeFile } from "node:fs/promises";

export async function load(config: string, text: string): Promise<unknown> {
  const copy = `${config}.timestamp.mjs`;
  await writeFile(copy, text);
  const module: unknown = await import(copy);
  await unlink(copy);
  return module;
}
