import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

interface Closeable {
  close(): Promise<void>;
}

export class LogTail implements Closeable {
  private readonly resources = new ResourceContext();
  private child: ChildProcess | null = null;

  start(log: string): void {
    this.child = this.resources.process(spawn("tail", ["-F", log]));
  }

  async close(): Promise<void> {
    this.child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
