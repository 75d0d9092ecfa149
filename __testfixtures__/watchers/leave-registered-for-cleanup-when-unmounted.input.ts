import { watch } from "chokidar";

declare function onUnmounted(run: () => Promise<void>): void;

export async function useFiles(folder: string, read: () => Promise<void>): Promise<void> {
  const watcher = watch(folder);
  onUnmounted(() => watcher.close());
  await read();
}
