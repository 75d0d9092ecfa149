import { spawn } from "node:child_process";

export function warmCache(url: string): void {
  spawn("curl", ["--silent", "--output", "/dev/null", url]);
}
