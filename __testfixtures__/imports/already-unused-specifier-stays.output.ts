import { existsSync } from "fs";
import { basename } from "path";
import { atomicWriteFileSync } from "resource-context";

export function saveTotals(path: string, totals: number[]): void {
  atomicWriteFileSync(path, totals.join("\n"));
}
