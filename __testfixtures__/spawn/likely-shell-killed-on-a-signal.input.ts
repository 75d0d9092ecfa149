import { spawn } from "node:child_process";

export function runLine(line: string, onDone: (code: number | null) => void): void {
  const shell = spawn("bash", ["-c", line], { stdio: "inherit" });
  process.on("SIGHUP", () => console.log("reloading"));
  shell.on("error", () => shell.kill());
  shell.on("exit", onDone);
}
