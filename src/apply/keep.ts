import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { atomicWriteFileSync } from "resource-context";

/** Ways of asking whose answers are kept at a time: more than a project has in its scripts and its CI. */
const most = 16;

/** Writes one file of the cache, whole or not at all; those that were written longest ago go. */
export function keep(file: string, text: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  atomicWriteFileSync(file, text);
  const old = readdirSync(folder)
    .filter((name) => /^check-.*\.json$/.test(name))
    .map((name) => ({ name, time: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .slice(most);
  for (const { name } of old) rmSync(join(folder, name), { force: true });
}
