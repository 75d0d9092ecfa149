import { spawn } from "node:child_process";
import { ResourceContext as Resources } from "resource-context";

export function start(port: number, onStopped: () => void): Resources {
  spawn("serve", ["-l", String(port)]).on("close", onStopped);
  return new Resources();
}
