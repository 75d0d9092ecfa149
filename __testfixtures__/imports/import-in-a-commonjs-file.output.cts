import { atomicWriteFileSync } from "resource-context";

export function saveReport(file: string, report: object): void {
  atomicWriteFileSync(file, JSON.stringify(report));
}
