import { open, type FileHandle } from "node:fs/promises";

export async function follow(path: string, ready: () => Promise<void>): Promise<void> {
  const log = await open(path);
  await ready();
  void drain(log);
}

async function drain(log: FileHandle): Promise<void> {
  await log.readFile();
  await log.close();
}
