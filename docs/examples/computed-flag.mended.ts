import { appendFile } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function exportRows(path: string, rows: readonly string[], isMore: boolean): Promise<void> {
  await (isMore ? appendFile : atomicWriteFile)(path, rows.join("\n"));
}
