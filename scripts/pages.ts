import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes pages by their path; with `--check` on the command line it compares instead, and fails for one that differs. */
export function writePages(pages: ReadonlyMap<string, string>, script: string): void {
  for (const [path, text] of pages) {
    mkdirSync(dirname(path), { recursive: true });
    if (!process.argv.includes("--check")) writeFileSync(path, text);
    else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
      console.error(`${path} is not up to date. Run: npx tsx scripts/${script}`);
      process.exitCode = 1;
    }
  }
}
