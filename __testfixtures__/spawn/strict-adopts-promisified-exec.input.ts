import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

export async function currentBranch(folder: string): Promise<string> {
  const { stdout } = await run("git branch --show-current", { cwd: folder });
  return stdout.trim();
}
