import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function syncUploads(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const rsync = ResourceContext.root.process(spawn("rsync", ["-a", from, to], { stdio: "inherit" }));
    rsync.on("error", reject);
    rsync.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`rsync: ${code}`))));
  });
}
