import fs from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function saveCount(path: string): void {
  atomicWriteFileSync(path, String(fs.readdirSync(".").length));
}
