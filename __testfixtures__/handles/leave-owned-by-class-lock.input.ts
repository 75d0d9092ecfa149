import { lock } from "proper-lockfile";

export class Journal {
  #release: (() => Promise<void>) | undefined;

  async open(file: string): Promise<void> {
    this.#release = await lock(file);
  }

  async close(): Promise<void> {
    await this.#release?.();
  }
}
