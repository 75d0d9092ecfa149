import { watch, type FSWatcher } from "node:fs";
import { ResourceContext } from "resource-context";

export class UploadFolders {
  readonly #resources = new ResourceContext();
  #incoming?: FSWatcher;
  #done?: FSWatcher;

  open(folder: string): void {
    this.#incoming = watch(`${folder}/incoming`);
    this.#done = this.#resources.watcher(watch(`${folder}/done`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#incoming?.close();
    console.log("no more uploads");
    await this.#resources.disposeAsync();
  }
}
