import { join } from "node:path";
import { atomicWriteFileSync } from "resource-context";

export function reset(logPath: string, folder: string): void {
  atomicWriteFileSync(logPath, "--- started\n");
  const out = join(folder, "out.log");
  atomicWriteFileSync(out, "--- started\n");
}
