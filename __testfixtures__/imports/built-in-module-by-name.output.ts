import { atomicWriteFile, atomicWriteFileSync } from "resource-context";

export async function saveReport(file: string, report: object): Promise<void> {
  await atomicWriteFile(file, JSON.stringify(report));
}

export function saveIndex(file: string, lines: readonly string[]): void {
  atomicWriteFileSync(file, lines.join("\n"));
}
