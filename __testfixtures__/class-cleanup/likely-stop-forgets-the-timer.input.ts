import { fork, type ChildProcess } from "node:child_process";

export class Heartbeat {
  #worker?: ChildProcess;
  #timer?: NodeJS.Timeout;

  start(beat: () => void): void {
    this.#worker = fork("./beat.js");
    this.#timer = setInterval(beat, 1000);
  }

  stop(): void {
    this.#worker?.kill();
  }
}
