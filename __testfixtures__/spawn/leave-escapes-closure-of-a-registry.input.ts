import { spawn } from "node:child_process";

interface Registry {
  stop: () => void;
}

export function startMonitor(registry: Registry): void {
  const monitor = spawn("vmstat", ["5"]);
  registry.stop = () => void monitor.kill();
}
