import { promises as fs } from "node:fs";

export class Ledger {
  private file?: fs.FileHandle;

  async open(path: string): Promise<void> {
    this.file = await fs.open(path, "a+");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file?.close();
  }
}
