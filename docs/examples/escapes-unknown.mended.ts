import { spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";

export async function pipeLogs(): Promise<void> {
  const source = spawn("journalctl", ["-f"]);
  try {
    await pipeline(source.stdout, process.stdout);
  } finally {
    source.kill();
  }
}
