import { spawn } from "node:child_process";

export function startMonitor(registry: { stop: () => void }): void {
  const monitor = spawn("vmstat", ["5"]);
  registry.stop = () => void monitor.kill();
}
