import { type FSWatcher, watch } from "node:fs";
import { ResourceContext } from "resource-context";

export class Builder {
  private watcher: FSWatcher | undefined;

  async start(folder: string, build: () => Promise<void>): Promise<void> {
    await using ctx = new ResourceContext();
    const watcher = ctx.watcher(watch(folder));
    await build();
    this.watcher = ctx.disown(watcher);
  }

  dispose(): void {
    this.watcher?.close();
  }
}
