import { type FileHandle, open } from "node:fs/promises";

export class UploadLog {
  #file: Promise<FileHandle> | undefined;

  start(path: string): void {
    const file = open(path, "a");
    this.#file = file;
  }

  async add(line: string): Promise<void> {
    await (await this.#file)?.appendFile(`${line}\n`);
  }
}
