import { spawn } from "node:child_process";

export function build(onDone: (code: number | null) => void): void {
  const child = spawn("make", ["-j8"]);
  child.on("close", onDone);
}
