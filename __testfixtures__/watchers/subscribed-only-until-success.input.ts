import { FSWatcher } from "chokidar";
import { subscribe } from "@parcel/watcher";

export async function rebuild(folder: string, build: () => Promise<void>): Promise<void> {
  const watcher = new FSWatcher();
  const subscription = await subscribe(folder, () => void build());
  await build();
  await subscription.unsubscribe();
  await watcher.close();
}
