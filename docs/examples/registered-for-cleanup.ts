import { spawn } from "node:child_process";

export function startProxy(port: number): void {
  const proxy = spawn("proxy", ["--port", String(port)]);
  process.on("exit", () => proxy.kill());
  process.on("SIGTERM", () => process.exit(143));
}
