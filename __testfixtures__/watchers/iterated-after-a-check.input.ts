import { promises } from "node:fs";
import { watch } from "node:fs/promises";

export async function follow(folder: string, ready: () => Promise<void>): Promise<void> {
  const changes = watch(folder);
  await ready();
  for await (const { filename } of changes) console.log(filename);
}

export async function first(folder: string, ready: () => Promise<void>): Promise<void> {
  const changes = promises.watch(folder);
  await ready();
  for await (const { eventType } of changes) if (eventType === "rename") return;
}
