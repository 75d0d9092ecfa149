import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function runLine(line: string, onDone: (code: number | null) => void): void {
  const shell = ResourceContext.root.process(spawn("bash", ["-c", line]));
  shell.stdout.on("data", (chunk) => process.stdout.write(String(chunk)));
  shell.on("exit", onDone);
}
