import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceContext } from "resource-context";

export function compile(source: string): string {
  using ctx = new ResourceContext();
  const folder = ctx.tempDir(mkdtempSync(join(tmpdir(), "compile-")));
  const file = join(folder, "main.c");
  writeFileSync(file, source);
  const output = execFileSync("cc", ["-E", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return output;
}
