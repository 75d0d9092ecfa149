import { spawn } from "node:child_process";

export function audit(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const auditor = spawn("npm", ["audit"], { cwd: folder });
    auditor.on("error", reject);
    auditor.on("close", () => resolve());
    setTimeout(() => reject(new Error(`no report on ${folder}`)), 30_000).unref();
  });
}
