import { once } from "node:events";
import chokidar, { type FSWatcher } from "chokidar";

export async function watchPages(folder: string): Promise<FSWatcher> {
  const watcher = chokidar.watch(folder, { ignoreInitial: true });
  await once(watcher, "ready");
  return watcher;
}
