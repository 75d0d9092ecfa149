import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Script {
  readonly #resources = new ResourceContext();
  #child?: ChildProcess;

  start(command: string): void {
    this.#child = this.#resources.process(spawn(command, { shell: true, detached: true }));
  }

  stop(): void {
    this.#child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
