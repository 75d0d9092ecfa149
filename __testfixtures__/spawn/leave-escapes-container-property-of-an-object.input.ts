import { spawn, type ChildProcess } from "node:child_process";

export function attachScanner(upload: { file: string; scanner?: ChildProcess }): void {
  upload.scanner = spawn("clamscan", [upload.file]);
}
