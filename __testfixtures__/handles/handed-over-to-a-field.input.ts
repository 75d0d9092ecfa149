import { open, type FileHandle } from "node:fs/promises";

export class Index {
  #file: FileHandle | undefined;

  async load(path: string): Promise<void> {
    const file = await open(path, "r+");
    const { size } = await file.stat();
    if (size % 16 !== 0) throw new Error(`${path} is cut off`);
    this.#file = file;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
