import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

class Job {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("job is over");
  }
}

export class Uploads extends Job {
  readonly #resources = new ResourceContext();
  private sender?: ChildProcess;
  private receiver?: ChildProcess;

  start(log: string): void {
    this.sender = this.#resources.process(spawn("send", [log]));
    this.receiver = this.#resources.process(spawn("receive", [log]));
  }

  stop(): void {
    this.sender?.kill();
    this.receiver?.kill();
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#resources.disposeAsync();
    } finally {
      await super[Symbol.asyncDispose]();
    }
  }
}
