import type * as fs from "fs";
import { atomicWriteFileSync } from "resource-context";

export function save(path: fs.PathLike, text: string): void {
  atomicWriteFileSync(path, text);
}
