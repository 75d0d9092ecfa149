import { watch as watchModules } from "rolldown";
import { watch } from "rollup";
import { ResourceContext } from "resource-context";

export async function rebuild(input: string, ready: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const watcher = ctx.watcher(watch({ input }));
  const modules = ctx.watcher(watchModules({ input }));
  await ready();
  await modules.close();
  await watcher.close();
}
