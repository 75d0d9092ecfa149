import { spawn, type ChildProcess } from "node:child_process";

class Job {
  protected child?: ChildProcess;

  stop(): void {
    this.child?.kill();
  }
}

export class LogTail extends Job {
  start(log: string): void {
    this.child = spawn("tail", ["-F", log]);
  }
}
