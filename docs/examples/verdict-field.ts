import { watch, type FSWatcher } from "node:fs";

export class Config {
  private watcher: FSWatcher | undefined;

  start(path: string, reload: () => void): void {
    this.watcher = watch(path, reload);
  }
}
