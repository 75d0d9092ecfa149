import { watch } from "chokidar";

export async function rebuild(build: () => Promise<void>, stop: Promise<void>): Promise<void> {
  const watcher = watch("src");
  watcher.on("change", () => void build());
  await stop;
  await watcher.close();
}
