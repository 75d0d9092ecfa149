import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function compile(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "compile-"));
  const file = join(folder, "main.c");
  writeFileSync(file, source);
  const output = execFileSync("cc", ["-E", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return output;
}
