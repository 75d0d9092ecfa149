import { mkdtempSync, rmSync } from "node:fs";

export function withFixtures(test: (folder: string) => void): void {
  const folder = mkdtempSync("/tmp/fixtures-");
  try {
    test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
