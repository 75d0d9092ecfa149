import { spawn } from "node:child_process";

export function startMonitor(register: (tool: { stop(): void }) => void): void {
  const monitor = spawn("vmstat", ["5"]);
  const tool = { stop: () => void monitor.kill() };
  register(tool);
}
