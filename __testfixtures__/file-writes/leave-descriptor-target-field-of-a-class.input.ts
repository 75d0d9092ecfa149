import { writeFile, type FileHandle } from "node:fs/promises";

export class Report {
  private log;
  private output: FileHandle | undefined;

  constructor(log: FileHandle) {
    this.log = log;
  }

  async add(line: string): Promise<void> {
    await writeFile(this.log, line);
    if (this.output !== undefined) await writeFile(this.output, line);
  }
}
