import { opendirSync, promises } from "node:fs";
import { opendir } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function isEmpty(folder: string): Promise<boolean> {
  await using ctx = new ResourceContext();
  const entries = ctx.adopt(await opendir(folder), (handle) => handle.close());
  const first = await entries.read();
  await ctx.disown(entries).close();
  return first === null;
}

export async function firstName(folder: string): Promise<string> {
  await using ctx = new ResourceContext();
  const entries = ctx.adopt(await promises.opendir(folder), (handle) => handle.close());
  const name = (await entries.read())?.name ?? "";
  await ctx.disown(entries).close();
  return name;
}

export function showFirst(folder: string, show: (name: string | undefined) => void): void {
  using ctx = new ResourceContext();
  const entries = ctx.adopt(opendirSync(folder), (handle) => handle.closeSync());
  show(entries.readSync()?.name);
  ctx.disown(entries).closeSync();
}
