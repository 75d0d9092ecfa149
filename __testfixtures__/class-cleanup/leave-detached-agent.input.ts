import { spawn, type ChildProcess } from "node:child_process";

export class Agent {
  #child: ChildProcess | undefined;

  start(command: string): void {
    this.#child = spawn(command, { detached: true });
    this.#child.unref();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }
}
