import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";
import type { Readable } from "node:stream";

export class Server {
  private readonly resources = new ResourceContext();
  private child: ChildProcess | undefined;

  async start(prepare: () => Buffer, wait: (output: Readable) => Promise<readonly number[]>): Promise<number> {
    const child = this.resources.process(spawn("server", ["--stdin"]));
    const config = prepare();
    this.child = child;
    child.stdin.write(config);
    child.stdin.end();
    const ports = await wait(child.stdout);
    if (ports.length === 0) {
      this.child = undefined;
      throw new Error("No port.");
    }
    for (const port of ports) {
      if (port < 1024) {
        throw new Error("A port of the system.");
      }
    }
    return ports.length;
  }

  stop(): void {
    this.child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
