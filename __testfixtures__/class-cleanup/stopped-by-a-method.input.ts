import { execFile, type ChildProcess } from "node:child_process";

export class LogTail {
  #tail?: ChildProcess;

  start(log: string): void {
    this.#tail = execFile("tail", ["-F", log]);
  }

  stop(): void {
    this.#tail?.kill();
  }
}
