import { spawn, type ChildProcess } from "node:child_process";

export class LogTail {
  #tail?: readonly [ChildProcess, string];

  start(log: string): void {
    this.#tail = [spawn("tail", ["-F", log]), log];
  }

  stop(): void {
    this.#tail?.[0].kill();
  }
}
