import { type FSWatcher, watch } from "node:fs";

export class Builder {
  private watcher: FSWatcher | undefined;

  async start(folder: string, build: () => Promise<void>): Promise<void> {
    const watcher = watch(folder);
    await build();
    this.watcher = watcher;
  }

  dispose(): void {
    this.watcher?.close();
  }
}
