import { spawn } from "node:child_process";

export function startProxy(command: string, onEnd: () => void): () => void {
  const proxy = spawn(command, { shell: true, detached: true });
  proxy.on("close", onEnd);
  const stop = () => process.kill(-proxy.pid!, "SIGTERM");
  process.on("SIGQUIT", stop);
  return () => console.log("started");
}
