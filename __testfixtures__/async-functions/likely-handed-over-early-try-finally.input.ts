import { open, type FileHandle } from "node:fs/promises";

const logs = new Map<string, FileHandle>();

export async function follow(name: string, check: () => void): Promise<number> {
  const handle = await open(name, "r");
  check();
  logs.set(name, handle);
  const { size, mtimeMs } = await handle.stat();
  if (size === 0) {
    throw new Error(`${name} is empty.`);
  }
  if (mtimeMs === 0) {
    throw new Error(`${name} has no date.`);
  }
  if (size > 1e9) {
    throw new Error(`${name} is too large.`);
  }
  return size;
}

export async function forget(name: string): Promise<void> {
  await logs.get(name)?.close();
  logs.delete(name);
}
