import { spawn } from "node:child_process";

export function warmUp(url: string): void {
  spawn("curl", ["-s", url]);
}
