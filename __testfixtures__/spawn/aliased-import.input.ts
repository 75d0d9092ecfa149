import { spawn as launch } from "child_process";

export function openPort(port: number, onClosed: () => void): void {
  const tunnel = launch("ssh", ["-N", "-L", `${port}:localhost:${port}`, "gateway"]);
  tunnel.once("exit", onClosed);
}
