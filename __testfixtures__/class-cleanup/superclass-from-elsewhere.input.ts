import { spawn, type ChildProcess } from "node:child_process";
import { PassThrough } from "node:stream";

export class LogTail extends PassThrough {
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = spawn("tail", ["-F", log]);
  }

  stop(): void {
    this.#child?.kill();
  }
}
