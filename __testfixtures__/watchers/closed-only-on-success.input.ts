import { watch } from "node:fs";

export async function untilDone(folder: string, log: (name: string | null) => void, run: () => Promise<void>): Promise<void> {
  const watcher = watch(folder, (_, name) => log(name));
  await run();
  watcher.close();
}
