import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceContext } from "resource-context";

let cache: string | undefined;

export async function open(): Promise<string> {
  cache ??= ResourceContext.root.tempDir(await mkdtemp(join(tmpdir(), "thumbnails-")));
  return `${cache}/index`;
}

export async function close(): Promise<void> {
  if (cache !== undefined) await rm(cache, { recursive: true });
  cache = undefined;
}
