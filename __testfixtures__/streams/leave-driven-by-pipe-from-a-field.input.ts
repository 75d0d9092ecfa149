import { createReadStream, type ReadStream } from "node:fs";
import type { Writable } from "node:stream";

export class Replay {
  private cache: ReadStream | undefined;

  constructor(private readonly output: Writable) {}

  start(file: string): void {
    this.cache = createReadStream(file);
    this.cache.once("error", (error) => this.output.destroy(error));
    this.cache.pipe(this.output);
  }
}
