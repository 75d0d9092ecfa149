import { spawn, type ChildProcess } from "node:child_process";

interface Closeable {
  close(): Promise<void>;
}

export class LogTail implements Closeable {
  private child: ChildProcess | null = null;

  start(log: string): void {
    this.child = spawn("tail", ["-F", log]);
  }

  async close(): Promise<void> {
    this.child?.kill();
  }
}
