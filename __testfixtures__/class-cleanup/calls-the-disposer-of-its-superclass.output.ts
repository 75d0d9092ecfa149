import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

class Job {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("job is over");
  }
}

export class LogTail extends Job {
  readonly #resources = new ResourceContext();
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = this.#resources.process(spawn("tail", ["-F", log]));
  }

  stop(): void {
    this.#child?.kill();
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#resources.disposeAsync();
    } finally {
      await super[Symbol.asyncDispose]();
    }
  }
}
