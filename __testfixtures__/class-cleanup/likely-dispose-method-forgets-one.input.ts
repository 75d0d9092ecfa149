import { watch, type FSWatcher } from "node:fs";

export class UploadFolders {
  #incoming?: FSWatcher;
  #done?: FSWatcher;

  open(folder: string): void {
    this.#incoming = watch(`${folder}/incoming`);
    this.#done = watch(`${folder}/done`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#incoming?.close();
    console.log("no more uploads");
  }
}
