import { ConfigError } from "../errors.js";
import { didYouMean } from "../options/nearest.js";
import type { Finding } from "../types.js";
import { words } from "./page.js";

/** A place in a file, as `--explain` names it: `src/run.ts:12`. */
export interface Target {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Sites by what they are, wherever they lie: a line of a baseline begins with it. */
export interface Fingerprint {
  readonly fingerprint: string;
}

/** Editors and the report write a column as well: it is read over. */
export function parseTarget(given: string): Target | Fingerprint {
  if (/^[0-9a-f]{16}$/.test(given)) return { fingerprint: given };
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(given) ?? [];
  if (file !== undefined && line !== undefined) return { file, line: Number(line) };
  throw new ConfigError(
    `--explain: "${given}" is no place in a file and no word of a report.${didYouMean(given, [...words.keys()])}\nExpected <file>:<line> such as src/run.ts:12, a fingerprint of the baseline, or the name of a verdict, reason, kind or transform.`,
  );
}

/** The sites of a line; without any there, those of the nearest line that has one. */
export interface Chosen {
  readonly findings: readonly Finding[];
  readonly isNearest: boolean;
}

export function choose(findings: readonly Finding[], line: number): Chosen {
  const beginning = findings.filter((one) => one.acquisition.line === line);
  if (beginning.length > 0) return { findings: beginning, isNearest: false };
  const around = findings.filter((one) => distance(one, line) === 0);
  if (around.length > 0) return { findings: around, isNearest: false };
  const least = Math.min(...findings.map((one) => distance(one, line)));
  const nearest = findings.find((one) => distance(one, line) === least)?.acquisition.line;
  return { findings: findings.filter((one) => one.acquisition.line === nearest), isNearest: true };
}

function distance({ acquisition: { line, endLine } }: Finding, wanted: number): number {
  return Math.max(line - wanted, wanted - endLine, 0);
}
