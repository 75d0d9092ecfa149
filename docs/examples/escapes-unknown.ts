import { spawn } from "node:child_process";

export function pipeLogs(source = spawn("journalctl", ["-f"])): void {
  source.stdout.pipe(process.stdout);
}
