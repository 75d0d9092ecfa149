import { watch as watchFiles } from "chokidar";
import { type FSWatcher, watch } from "node:fs";

export const watchFolder = (folder: string): FSWatcher => watch(folder, { recursive: true });

export function watchPages(folder: string): ReturnType<typeof watchFiles> {
  return watchFiles(folder);
}
