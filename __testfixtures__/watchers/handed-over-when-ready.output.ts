import { once } from "node:events";
import chokidar, { type FSWatcher } from "chokidar";
import { ResourceContext } from "resource-context";

export async function watchPages(folder: string): Promise<FSWatcher> {
  await using ctx = new ResourceContext();
  const watcher = ctx.watcher(chokidar.watch(folder, { ignoreInitial: true }));
  await once(watcher, "ready");
  return ctx.disown(watcher);
}
