import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function audit(folder: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const auditor = ResourceContext.root.process(spawn("npm", ["audit"], { cwd: folder }));
    const stop = (): void => {
      auditor.kill();
      reject(new Error(`no report on ${folder}`));
    };
    auditor.on("error", reject);
    auditor.on("close", () => resolve());
    setTimeout(stop, 30_000).unref();
  });
}
