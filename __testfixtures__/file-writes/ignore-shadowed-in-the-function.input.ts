import * as fs from "node:fs";

export function preview(log: string): string {
  const lines: string[] = [fs.readFileSync(log, "utf8")];
  const writeFileSync = (path: string, text: string): number => lines.push(`${path}: ${text}`);
  writeFileSync("summary.txt", `${lines.length} lines`);
  return lines.join("\n");
}
