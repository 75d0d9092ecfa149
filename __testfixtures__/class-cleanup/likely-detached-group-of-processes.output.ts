import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Script {
  readonly #resources = new ResourceContext();
  readonly #child: ChildProcess;

  constructor(command: string) {
    this.#child = spawn(command, { shell: true, detached: process.platform !== "win32" });
    this.#resources.process(this.#child);
  }

  kill(): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, "SIGINT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
