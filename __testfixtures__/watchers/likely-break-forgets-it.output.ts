import { watch } from "node:fs";
import { ResourceContext } from "resource-context";

export async function settle(folders: readonly string[], isQuiet: (folder: string) => Promise<boolean>) {
  for (const folder of folders) {
    await using ctx = new ResourceContext();
    const watcher = ctx.watcher(watch(folder));
    watcher.on("change", (_, name) => console.log(name));
    if (!(await isQuiet(folder))) break;
    watcher.close();
  }
}
