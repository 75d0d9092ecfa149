import fs from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function keepFormatted(path: string, format: (text: string) => string): void {
  fs.watch(path, () => {
    atomicWriteFileSync(path, format(fs.readFileSync(path, "utf8")));
  });
}
