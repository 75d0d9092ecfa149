import { open, type FileHandle } from "node:fs/promises";

export class Journal {
  private file: FileHandle | undefined;
  private lines = 0;

  constructor(private readonly path: string) {}

  async open(): Promise<void> {
    this.file = await open(this.path, "a");
  }

  async close(): Promise<void> {
    await this.file?.write(`${this.lines} lines\n`);
  }
}
