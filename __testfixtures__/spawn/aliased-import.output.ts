import { spawn as launch } from "child_process";
import { ResourceContext } from "resource-context";

export function openPort(port: number, onClosed: () => void): void {
  const tunnel = ResourceContext.root.process(launch("ssh", ["-N", "-L", `${port}:localhost:${port}`, "gateway"]));
  tunnel.once("exit", onClosed);
}
