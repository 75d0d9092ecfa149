import { watch, type FSWatcher } from "node:fs";
import { ResourceContext } from "resource-context";

export class Reloader {
  #resources = new ResourceContext();
  #watcher: FSWatcher | undefined;

  start(folder: string): void {
    this.#watcher = this.#resources.watcher(watch(folder));
  }

  moveTo(folder: string): void {
    this.#watcher = this.#resources.watcher(watch(folder));
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    const held = this.#resources;
    this.#resources = new ResourceContext();
    held.dispose();
  }
}
