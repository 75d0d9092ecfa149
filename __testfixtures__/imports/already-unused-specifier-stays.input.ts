import { existsSync, writeFileSync } from "fs";
import { basename } from "path";

export function saveTotals(path: string, totals: number[]): void {
  writeFileSync(path, totals.join("\n"));
}
