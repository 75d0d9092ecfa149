import { writeFile } from "node:fs/promises";

export async function exportRows(path: string, rows: readonly string[], flag: string): Promise<void> {
  await writeFile(path, rows.join("\n"), { flag });
}
