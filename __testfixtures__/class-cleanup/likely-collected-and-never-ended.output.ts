import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Uploads {
  private readonly resources = new ResourceContext();
  private readonly running: ChildProcess[] = [];

  start(log: string): void {
    this.running.push(this.resources.process(spawn("upload", [log])));
  }

  get count(): number {
    return this.running.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
