import { type ChildProcess, spawn } from "node:child_process";

export class Jobs {
  static end(child: ChildProcess): void {
    child.kill();
  }

  static async run(work: () => Promise<void>): Promise<void> {
    const child = spawn("job-server", ["--port", "4000"]);
    try {
      await work();
    } finally {
      Jobs.end(child);
    }
  }
}
