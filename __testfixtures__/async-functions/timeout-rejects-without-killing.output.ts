import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function audit(folder: string): Promise<string> {
  let report = "";
  await using ctx = new ResourceContext();
  await new Promise<void>((resolve, reject) => {
    const auditor = ctx.process(spawn("npm", ["audit", "--json"], { cwd: folder }));
    auditor.stdout.on("data", (chunk) => (report += chunk));
    auditor.on("error", reject);
    auditor.on("close", () => resolve());
    setTimeout(() => reject(new Error(`no report on ${folder}`)), 30_000).unref();
  });
  return report;
}
