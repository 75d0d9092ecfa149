import { watchFile } from "node:fs";

export function reloadOnChange(file: string, reload: () => void): void {
  watchFile(file, { interval: 500 }, reload);
}
