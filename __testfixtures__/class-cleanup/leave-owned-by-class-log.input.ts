import { createWriteStream, type WriteStream } from "node:fs";

export class AccessLog {
  private readonly out: WriteStream;

  constructor(path: string) {
    this.out = createWriteStream(path, { flags: "a" });
  }

  close(): void {
    this.out.end();
  }
}
