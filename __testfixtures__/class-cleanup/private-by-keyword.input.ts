import { fork, type ChildProcess } from "node:child_process";

export class RenderPool {
  private worker: ChildProcess | undefined;

  async open(ready: () => Promise<void>): Promise<void> {
    const worker = fork("./render.js");
    this.worker = worker;
    await ready();
  }

  close(): void {
    this.worker?.kill();
  }
}
