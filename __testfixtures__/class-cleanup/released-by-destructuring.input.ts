import { spawn, type ChildProcess } from "node:child_process";

export class Upload {
  #log = "";
  private child?: ChildProcess;

  start(log: string): void {
    this.#log = log;
    this.child = spawn("upload", [log]);
  }

  stop(): string {
    const { child } = this;
    child?.kill();
    return this.#log;
  }
}
