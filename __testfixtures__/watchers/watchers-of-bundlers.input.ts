import { watch as watchModules } from "rolldown";
import { watch } from "rollup";

export async function rebuild(input: string, ready: () => Promise<void>): Promise<void> {
  const watcher = watch({ input });
  const modules = watchModules({ input });
  await ready();
  await modules.close();
  await watcher.close();
}
