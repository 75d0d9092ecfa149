import { mkdtempSync, rmSync } from "node:fs";

export function inScratch(work: (folder: string) => void): void {
  const folder = mkdtempSync("/tmp/scratch-");
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
