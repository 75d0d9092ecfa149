import { spawn, type ChildProcess } from "node:child_process";

class Sender {
  #sender?: ChildProcess;

  start(log: string): void {
    this.#sender = spawn("send", [log]);
  }

  stop(): void {
    this.#sender?.kill();
  }
}

export class Uploads extends Sender {
  #receiver?: ChildProcess;

  override start(log: string): void {
    super.start(log);
    this.#receiver = spawn("receive", [log]);
  }

  override stop(): void {
    this.#receiver?.kill();
    super.stop();
  }
}
