import { watch, type FSWatcher } from "node:fs";
import { ResourceContext } from "resource-context";

class Job {
  async close(): Promise<void> {
    console.log("job is over");
  }
}

export class UploadFolder extends Job {
  readonly #resources = new ResourceContext();
  readonly #watcher: FSWatcher;

  constructor(folder: string) {
    super();
    this.#watcher = this.#resources.watcher(watch(folder));
    this.#watcher.on("change", (event) => console.log(event));
  }

  override async close(): Promise<void> {
    console.log("no more uploads");
    await super.close();
    await this.#resources.disposeAsync();
  }
}
