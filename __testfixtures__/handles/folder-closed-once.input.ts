import { opendirSync, promises } from "node:fs";
import { opendir } from "node:fs/promises";

export async function isEmpty(folder: string): Promise<boolean> {
  const entries = await opendir(folder);
  const first = await entries.read();
  await entries.close();
  return first === null;
}

export async function firstName(folder: string): Promise<string> {
  const entries = await promises.opendir(folder);
  const name = (await entries.read())?.name ?? "";
  await entries.close();
  return name;
}

export function showFirst(folder: string, show: (name: string | undefined) => void): void {
  const entries = opendirSync(folder);
  show(entries.readSync()?.name);
  entries.closeSync();
}
