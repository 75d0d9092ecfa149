import { spawn, type ChildProcess } from "node:child_process";

class LogTail {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  stop(): void {
    this.#child.kill();
  }
}

const tail = new LogTail(spawn("tail", ["-F", "upload.log"]));
process.once("SIGUSR2", () => tail.stop());
