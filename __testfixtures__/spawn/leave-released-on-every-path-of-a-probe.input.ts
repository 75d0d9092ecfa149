import { spawn } from "node:child_process";

export function canStart(command: string): boolean {
  const child = spawn(command, ["--version"]);
  const hasStarted = child.pid !== undefined;
  child.kill();
  return hasStarted;
}
