import { spawn } from "node:child_process";

export async function withProxy(command: string, work: () => Promise<void>): Promise<void> {
  const proxy = spawn(command, { shell: true, detached: true });
  await work();
  process.kill(-proxy.pid!, "SIGTERM");
}
