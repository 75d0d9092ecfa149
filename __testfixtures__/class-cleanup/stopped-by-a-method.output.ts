import { execFile, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class LogTail {
  readonly #resources = new ResourceContext();
  #tail?: ChildProcess;

  start(log: string): void {
    this.#tail = this.#resources.process(execFile("tail", ["-F", log]));
  }

  stop(): void {
    this.#tail?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
