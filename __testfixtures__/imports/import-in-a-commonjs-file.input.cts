import { writeFileSync } from "node:fs";

export function saveReport(file: string, report: object): void {
  writeFileSync(file, JSON.stringify(report));
}
