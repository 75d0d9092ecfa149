import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";

export class LogTail extends EventEmitter {
  #child?: ChildProcess;

  start(log: string): void {
    this.#child = spawn("tail", ["-F", log]);
    this.#child.on("exit", (code) => this.emit("end", code));
  }

  stop(): void {
    this.#child?.kill();
  }
}
