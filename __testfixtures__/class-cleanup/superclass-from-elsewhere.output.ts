import { spawn, type ChildProcess } from "node:child_process";
import { PassThrough } from "node:stream";
import { ResourceContext } from "resource-context";

export class LogTail extends PassThrough {
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = ResourceContext.root.process(spawn("tail", ["-F", log]));
  }

  stop(): void {
    this.#child?.kill();
  }
}
