const { writeFile } = process.getBuiltinModule("node:fs/promises");
const fs = process.getBuiltinModule("node:fs");

export async function saveReport(file: string, report: object): Promise<void> {
  await writeFile(file, JSON.stringify(report));
}

export function saveIndex(file: string, lines: readonly string[]): void {
  fs.writeFileSync(file, lines.join("\n"));
}
