import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function startProxy(port: number): void {
  const proxy = ResourceContext.root.process(spawn("proxy", ["--port", String(port)]));
  process.on("exit", () => proxy.kill());
}
