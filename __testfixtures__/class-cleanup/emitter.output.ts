import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { ResourceContext } from "resource-context";

export class LogTail extends EventEmitter {
  readonly #resources = new ResourceContext();
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = this.#resources.process(spawn("tail", ["-F", log]));
    this.#child.on("exit", (code) => this.emit("end", code));
  }

  stop(): void {
    this.#child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
