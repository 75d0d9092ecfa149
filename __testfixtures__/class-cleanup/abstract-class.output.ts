import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export abstract class Tail {
  private readonly resources = new ResourceContext();
  private child?: ChildProcess;

  abstract command(): string;

  start(log: string): void {
    this.child = this.resources.process(spawn(this.command(), [log]));
  }

  stop(): void {
    this.child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
