import { open, type FileHandle } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function merge(parts: readonly string[], into: FileHandle): Promise<void> {
  const opened: FileHandle[] = [];
  await using ctx = new ResourceContext();
  for (const part of parts) opened.push(ctx.file(await open(part)));
  for (const handle of opened) await into.writeFile(await handle.readFile());
  await Promise.all(opened.map((handle) => handle.close()));
}
