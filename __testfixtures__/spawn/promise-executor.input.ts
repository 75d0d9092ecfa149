import { spawn } from "node:child_process";

export function syncUploads(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const rsync = spawn("rsync", ["-a", from, to], { stdio: "inherit" });
    rsync.on("error", reject);
    rsync.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`rsync: ${code}`))));
  });
}
