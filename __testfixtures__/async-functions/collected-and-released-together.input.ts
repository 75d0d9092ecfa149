import { open, type FileHandle } from "node:fs/promises";

export async function merge(parts: readonly string[], into: FileHandle): Promise<void> {
  const opened: FileHandle[] = [];
  for (const part of parts) opened.push(await open(part));
  for (const handle of opened) await into.writeFile(await handle.readFile());
  await Promise.all(opened.map((handle) => handle.close()));
}
