import { watch } from "node:fs";
import { ResourceContext } from "resource-context";

export async function untilDone(folder: string, log: (name: string | null) => void, run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const watcher = ctx.watcher(watch(folder, (_, name) => log(name)));
  await run();
  watcher.close();
}
