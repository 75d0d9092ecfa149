import { type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class LogTail {
  private readonly resources = new ResourceContext();
  private child?: ChildProcess;

  start(path: string): void {
    this.child = this.resources.spawn("tail", ["-F", path]);
    this.child.on("error", () => this.stop());
  }

  stop(): void {
    this.child?.kill();
  }

  close(): void {
    this.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
