import { promises } from "node:fs";
import { watch } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function follow(folder: string, ready: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const changes = ctx.watcher(watch(folder));
  await ready();
  for await (const { filename } of changes) console.log(filename);
}

export async function first(folder: string, ready: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const changes = ctx.watcher(promises.watch(folder));
  await ready();
  for await (const { eventType } of changes) if (eventType === "rename") return;
}
