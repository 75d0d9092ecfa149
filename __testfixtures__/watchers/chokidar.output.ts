import { watch } from "chokidar";
import { ResourceContext } from "resource-context";

export async function rebuild(build: () => Promise<void>, stop: Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const watcher = ctx.watcher(watch("src"));
  watcher.on("change", () => void build());
  await stop;
  await watcher.close();
}
