import { spawn, type ChildProcess } from "node:child_process";

export class LogTail {
  readonly #child: ChildProcess;

  constructor(log: string, check: (log: string) => void) {
    this.#child = spawn("tail", ["-F", log]);
    check(log);
  }

  stop(): void {
    this.#child.kill();
  }
}
