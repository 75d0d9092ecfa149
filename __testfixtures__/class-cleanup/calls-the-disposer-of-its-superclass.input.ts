import { spawn, type ChildProcess } from "node:child_process";

class Job {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("job is over");
  }
}

export class LogTail extends Job {
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = spawn("tail", ["-F", log]);
  }

  stop(): void {
    this.#child?.kill();
  }
}
