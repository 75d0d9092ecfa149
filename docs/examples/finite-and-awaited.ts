import { execFile } from "node:child_process";
import { promisify } from "node:util";

export async function diskUsage(folder: string): Promise<number> {
  const { stdout } = await promisify(execFile)("du", ["-s", folder]);
  return Number.parseInt(stdout, 10);
}
