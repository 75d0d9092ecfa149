import { spawn } from "node:child_process";

export function describeUpload(file: string): number | undefined {
  using scanner = spawn("clamscan", [file]);
  return scanner.pid;
}
