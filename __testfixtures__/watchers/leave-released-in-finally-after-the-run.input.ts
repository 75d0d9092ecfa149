import { watch } from "node:fs";

export async function traced(folder: string, run: () => Promise<void>): Promise<void> {
  const watcher = watch(folder);
  try {
    await run();
  } finally {
    watcher.close();
  }
}
