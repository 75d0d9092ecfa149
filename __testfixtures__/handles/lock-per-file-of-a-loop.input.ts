import { lock } from "proper-lockfile";

export async function compact(files: readonly string[], shrink: (file: string) => Promise<void>): Promise<void> {
  for (const file of files) {
    const release = await lock(file);
    await shrink(file);
    await release();
  }
}
