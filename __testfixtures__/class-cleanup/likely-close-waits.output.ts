import { open, type FileHandle } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export class Journal {
  private resources = new ResourceContext();
  private file: FileHandle | undefined;
  private lines = 0;

  constructor(private readonly path: string) {}

  async open(): Promise<void> {
    this.file = this.resources.file(await open(this.path, "a"));
  }

  async close(): Promise<void> {
    await this.file?.write(`${this.lines} lines\n`);
    const held = this.resources;
    this.resources = new ResourceContext();
    await held.disposeAsync();
  }
}
