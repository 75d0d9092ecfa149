import { spawn, type ChildProcess } from "node:child_process";

export class Script {
  #child?: ChildProcess;

  start(command: string): void {
    this.#child = spawn(command, { shell: true, detached: true });
  }

  stop(): void {
    this.#child?.kill();
  }
}
