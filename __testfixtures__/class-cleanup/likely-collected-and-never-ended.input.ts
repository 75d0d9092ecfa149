import { spawn, type ChildProcess } from "node:child_process";

export class Uploads {
  private readonly running: ChildProcess[] = [];

  start(log: string): void {
    this.running.push(spawn("upload", [log]));
  }

  get count(): number {
    return this.running.length;
  }
}
