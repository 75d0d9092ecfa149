import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

class Job {
  protected child?: ChildProcess;

  stop(): void {
    this.child?.kill();
  }
}

export class LogTail extends Job {
  readonly #resources = new ResourceContext();

  start(log: string): void {
    this.child = this.#resources.process(spawn("tail", ["-F", log]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
