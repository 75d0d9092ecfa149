import { watch } from "node:fs";

export function reloadOnChange(file: string, reload: () => void): void {
  const watcher = watch(file, reload);
  watcher.unref();
}
