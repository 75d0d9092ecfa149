import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function stage(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "deploy-"));
  const path = join(folder, "run.sh");
  await writeFile(path, script);
  return path;
}
