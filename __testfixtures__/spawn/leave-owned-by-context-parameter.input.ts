import { spawn } from "node:child_process";
import type { ResourceContext } from "resource-context";

export function startWorker(ctx: ResourceContext, queue: string, onExit: () => void): void {
  const worker = ctx.process(spawn("worker", ["--queue", queue]));
  worker.on("exit", onExit);
}
