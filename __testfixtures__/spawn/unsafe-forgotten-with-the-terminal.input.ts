import { spawn } from "node:child_process";

export function configure(script: string): void {
  spawn("sh", [script], { stdio: "inherit" });
}
