import { writeFileSync, PathLike, type WriteFileOptions } from "node:fs";

export function saveReport(file: PathLike, report: string, options: WriteFileOptions): void {
  writeFileSync(file, report, options);
}
