import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function withProxy(command: string, work: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const proxy = ctx.process(spawn(command, { shell: true, detached: true }));
  await work();
  process.kill(-proxy.pid!, "SIGTERM");
}
