import { watch } from "node:fs";

export async function settle(folders: readonly string[], isQuiet: (folder: string) => Promise<boolean>) {
  for (const folder of folders) {
    const watcher = watch(folder);
    watcher.on("change", (_, name) => console.log(name));
    if (!(await isQuiet(folder))) break;
    watcher.close();
  }
}
