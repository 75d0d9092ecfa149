import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function prepare(onReady: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "upload-"));
  onReady(folder);
}
