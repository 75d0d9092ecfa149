import { watch, type FSWatcher } from "node:fs";

class LogTail {
  readonly #watcher: FSWatcher = watch("upload.log");

  stop(): void {
    this.#watcher.close();
  }
}

export class Uploads {
  readonly #tail = new LogTail();

  dispose(): void {
    this.#tail.stop();
  }
}
