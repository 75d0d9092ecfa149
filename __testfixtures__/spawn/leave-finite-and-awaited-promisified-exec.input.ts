import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

export async function installedVersion(tool: string): Promise<string> {
  const { stdout } = await run(`${tool} --version`);
  return stdout.trim();
}
