import { createWriteStream, type WriteStream } from "node:fs";

export class Logger {
  private readonly out: WriteStream;

  constructor(path: string) {
    this.out = createWriteStream(path, { flags: "a" });
  }

  log(line: string): void {
    this.out.write(`${line}\n`);
  }
}
