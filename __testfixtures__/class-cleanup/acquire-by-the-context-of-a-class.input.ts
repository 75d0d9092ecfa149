import { type ChildProcess, spawn } from "node:child_process";

export class LogTail {
  private child?: ChildProcess;

  start(path: string): void {
    this.child = spawn("tail", ["-F", path]);
    this.child.on("error", () => this.stop());
  }

  stop(): void {
    this.child?.kill();
  }

  close(): void {
    this.stop();
  }
}
