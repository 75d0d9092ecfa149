import { open, type FileHandle } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export class Index {
  #file: FileHandle | undefined;

  async load(path: string): Promise<void> {
    await using ctx = new ResourceContext();
    const file = ctx.file(await open(path, "r+"));
    const { size } = await file.stat();
    if (size % 16 !== 0) throw new Error(`${path} is cut off`);
    this.#file = ctx.disown(file);
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
