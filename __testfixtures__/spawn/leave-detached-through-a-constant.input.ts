import { spawn, type SpawnOptions } from "node:child_process";

const background: SpawnOptions = { detached: true, stdio: "ignore" };

export function startAgent(port: number, onExit: () => void): void {
  spawn("agent", ["--port", String(port)], background).on("exit", onExit);
}
