import { spawn } from "node:child_process";

export function runLine(line: string, onExit: (code: number | null) => void): void {
  const shell = spawn("bash", ["-c", line], { stdio: "inherit" });
  shell.on("exit", onExit);
}
