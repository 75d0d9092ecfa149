import { fork, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class RenderPool {
  private readonly resources = new ResourceContext();
  private worker: ChildProcess | undefined;

  async open(ready: () => Promise<void>): Promise<void> {
    const worker = this.resources.process(fork("./render.js"));
    this.worker = worker;
    await ready();
  }

  close(): void {
    this.worker?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
