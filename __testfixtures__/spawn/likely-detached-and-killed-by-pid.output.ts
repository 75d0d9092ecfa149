import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function startProxy(command: string, onEnd: () => void): () => void {
  const proxy = ResourceContext.root.process(spawn(command, { shell: true, detached: true }));
  proxy.on("close", onEnd);
  const stop = () => process.kill(-proxy.pid!, "SIGTERM");
  process.on("SIGQUIT", stop);
  return () => console.log("started");
}
