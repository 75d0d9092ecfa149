import { spawn, type ChildProcess } from "node:child_process";

export class Script {
  readonly #child: ChildProcess;

  constructor(command: string) {
    this.#child = spawn(command, { shell: true, detached: process.platform !== "win32" });
  }

  kill(): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, "SIGINT");
  }
}
