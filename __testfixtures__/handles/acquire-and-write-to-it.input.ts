import { open, writeFile } from "node:fs/promises";

export async function note(path: string, lines: readonly string[]): Promise<void> {
  const handle = await open(path, "a");
  for (const line of lines) await writeFile(handle, line);
  await handle.close();
}
