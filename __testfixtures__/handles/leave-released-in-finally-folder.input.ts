import { opendirSync, promises } from "node:fs";
import { opendir } from "node:fs/promises";

export async function isEmpty(folder: string): Promise<boolean> {
  const entries = await opendir(folder);
  try {
    return (await entries.read()) === null;
  } finally {
    await entries.close();
  }
}

export async function firstName(folder: string): Promise<string> {
  const entries = await promises.opendir(folder);
  try {
    return (await entries.read())?.name ?? "";
  } finally {
    await entries.close();
  }
}

export function showFirst(folder: string, show: (name: string | undefined) => void): void {
  const entries = opendirSync(folder);
  try {
    show(entries.readSync()?.name);
  } finally {
    entries.closeSync();
  }
}
