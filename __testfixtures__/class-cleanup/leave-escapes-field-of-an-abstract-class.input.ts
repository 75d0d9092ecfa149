import { spawn, type ChildProcess } from "node:child_process";

export abstract class Tail {
  protected child?: ChildProcess;

  abstract stop(): void;

  start(log: string): void {
    this.child = spawn("tail", ["-F", log]);
  }
}
