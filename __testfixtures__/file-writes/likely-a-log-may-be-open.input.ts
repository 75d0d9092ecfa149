import { writeFileSync } from "node:fs";
import { join } from "node:path";

export function reset(logPath: string, folder: string): void {
  writeFileSync(logPath, "--- started\n");
  const out = join(folder, "out.log");
  writeFileSync(out, "--- started\n");
}
