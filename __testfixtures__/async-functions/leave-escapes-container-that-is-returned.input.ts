import { watch, type FSWatcher } from "node:fs";

export async function watchAll(folders: readonly string[], check: (folder: string) => Promise<void>) {
  const watchers: FSWatcher[] = [];
  for (const folder of folders) {
    watchers.push(watch(folder));
    await check(folder);
  }
  return watchers;
}
