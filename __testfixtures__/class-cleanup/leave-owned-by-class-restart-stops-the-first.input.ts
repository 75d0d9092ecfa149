import { watch, type FSWatcher } from "node:fs";

export class Reloader {
  #watcher: FSWatcher | undefined;

  start(folder: string): void {
    this.#watcher = watch(folder);
  }

  moveTo(folder: string): void {
    this.stop();
    this.#watcher = watch(folder);
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
