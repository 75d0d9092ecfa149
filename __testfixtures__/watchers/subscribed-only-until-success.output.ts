import { FSWatcher } from "chokidar";
import { subscribe } from "@parcel/watcher";
import { ResourceContext } from "resource-context";

export async function rebuild(folder: string, build: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const watcher = ctx.watcher(new FSWatcher());
  const subscription = ctx.adopt(await subscribe(folder, () => void build()), (handle) => handle.unsubscribe());
  await build();
  await ctx.disown(subscription).unsubscribe();
  await watcher.close();
}
