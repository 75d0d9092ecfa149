import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Upload {
  readonly #resources = new ResourceContext();
  #log = "";
  private child?: ChildProcess;

  start(log: string): void {
    this.#log = log;
    this.child = this.#resources.process(spawn("upload", [log]));
  }

  stop(): string {
    const { child } = this;
    child?.kill();
    return this.#log;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
