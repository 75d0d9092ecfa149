import { spawn, type ChildProcess } from "node:child_process";

class Job {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("job is over");
  }
}

export class Uploads extends Job {
  private sender?: ChildProcess;
  private receiver?: ChildProcess;

  start(log: string): void {
    this.sender = spawn("send", [log]);
    this.receiver = spawn("receive", [log]);
  }

  stop(): void {
    this.sender?.kill();
    this.receiver?.kill();
  }
}
