import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach } from "vitest";

const made: string[] = [];

afterEach(() => {
  for (const directory of made.splice(0)) fs.rmSync(directory, { recursive: true, force: true });
});

/** An empty directory that is gone after the test. */
export function makePlace(): string {
  const directory = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "atomic-write-"));
  made.push(directory);
  return directory;
}

/** Names of our temps in a directory. There must be none after any call. */
export function litter(directory: string): string[] {
  return fs.readdirSync(directory).filter((name) => name.startsWith(".~"));
}
