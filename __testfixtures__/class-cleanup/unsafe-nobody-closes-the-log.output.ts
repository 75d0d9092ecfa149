import { createWriteStream, type WriteStream } from "node:fs";
import { ResourceContext } from "resource-context";

export class Logger {
  private readonly resources = new ResourceContext();
  private readonly out: WriteStream;

  constructor(path: string) {
    this.out = this.resources.stream(createWriteStream(path, { flags: "a" }));
  }

  log(line: string): void {
    this.out.write(`${line}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
