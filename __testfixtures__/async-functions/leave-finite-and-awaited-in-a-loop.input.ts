import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

export async function sizes(images: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const image of images) {
    const { stdout } = await execFileAsync("identify", ["-format", "%wx%h", image]);
    found.push(stdout);
  }
  return found;
}
