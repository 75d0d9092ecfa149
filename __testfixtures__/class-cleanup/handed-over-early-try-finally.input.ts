import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";

export class Server {
  private child: ChildProcess | undefined;

  async start(prepare: () => Buffer, wait: (output: Readable) => Promise<readonly number[]>): Promise<number> {
    const child = spawn("server", ["--stdin"]);
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
}
