import fs, { writeFileSync } from "node:fs";

export function saveCount(path: string): void {
  writeFileSync(path, String(fs.readdirSync(".").length));
}
