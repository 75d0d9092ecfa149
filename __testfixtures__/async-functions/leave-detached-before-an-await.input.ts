import { spawn } from "node:child_process";

export async function upgrade(script: string, log: (line: string) => Promise<void>): Promise<void> {
  const installer = spawn(script, { detached: true, stdio: "ignore" });
  installer.unref();
  await log(`upgrade runs as ${installer.pid}`);
}
