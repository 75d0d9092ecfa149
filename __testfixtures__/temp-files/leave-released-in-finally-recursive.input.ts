import { mkdtemp, rm } from "node:fs/promises";

export async function bench(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp("/tmp/bench-");
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
