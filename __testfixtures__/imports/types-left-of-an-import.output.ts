import type { PathLike, WriteFileOptions } from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function saveReport(file: PathLike, report: string, options: WriteFileOptions): void {
  atomicWriteFileSync(file, report, options);
}
