import { mkdtempSync, rmSync } from "node:fs";

export function sign(run: (folder: string) => string): string {
  const folder = mkdtempSync("/tmp/sign-");
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
