import { spawn, type ChildProcess } from "node:child_process";

export abstract class Tail {
  private child?: ChildProcess;

  abstract command(): string;

  start(log: string): void {
    this.child = spawn(this.command(), [log]);
  }

  stop(): void {
    this.child?.kill();
  }
}
