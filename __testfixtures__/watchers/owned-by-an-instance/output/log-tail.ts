import { watch } from "node:fs";

export class LogTail {
  readonly #watcher;

  constructor(file: string, onChange: () => void) {
    this.#watcher = watch(file, onChange);
  }

  stop(): void {
    this.#watcher.close();
  }
}
