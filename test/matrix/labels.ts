import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Outcome, Outcomes } from "./execute.js";
import type { Judged } from "./judge.js";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What each cell did before any rewriting, found out by running it: `npm run matrix -- --update`. */
export function readLabels(): Outcomes {
  const labels: Record<string, Outcome> = JSON.parse(readFileSync(file("labels.json"), "utf8"));
  return new Map(Object.entries(labels));
}

export function writeLabels(outcomes: Outcomes): void {
  const lines = [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([id, { leaks, outcome, notes }]) =>
        `  ${JSON.stringify(id)}: ${JSON.stringify({ leaks, outcome, notes })}`,
    );
  writeFileSync(file("labels.json"), `{\n${lines.join(",\n")}\n}\n`);
}

/** The programs that the analysis does not get right yet, and why not. The list may shrink; it must not grow. */
export function readMisses(): readonly string[] {
  const misses: string[] = JSON.parse(readFileSync(file("misses.json"), "utf8"));
  return misses;
}

export function writeMisses(judged: readonly Judged[]): void {
  writeFileSync(file("misses.json"), `${JSON.stringify(missLines(judged), null, 2)}\n`);
}

export function missLines(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ program, misses }) => misses.map((miss) => `${program.id}: ${miss}`)).sort();
}
