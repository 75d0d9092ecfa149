import { spawn } from "node:child_process";

export function runLine(line: string, onDone: (code: number | null) => void): void {
  const shell = spawn("bash", ["-c", line]);
  shell.stdout.on("data", (chunk) => process.stdout.write(String(chunk)));
  shell.on("exit", onDone);
}
