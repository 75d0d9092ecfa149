import { spawn } from "node:child_process";

export function serve(port: number, onExit: () => void): number {
  // @ts-expect-error: it has a number as long as it runs
  const pid: number = spawn("serve", ["-l", String(port)]).on("exit", onExit).pid;
  return pid;
}
