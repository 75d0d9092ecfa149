import { writeFileSync } from "fs";

export function overwrite(path: string, lines: readonly string[]): void {
  writeFileSync(path, lines.join("\n"), { flag: "w" });
}
