import { covers, select } from "../discover/selection.js";
import { ConfigError } from "../errors.js";
import { exitCodeOf } from "../exit-code.js";
import { ratchet } from "../ratchet/index.js";
import type { Options, RunReport } from "../types.js";
import type { Part } from "./part.js";

/**
 * The parts of one check as the report that a run over all of it gives; the baseline is asked about the whole.
 * @throws ConfigError when they are not all parts of one check, each of them once.
 */
export async function merge(parts: readonly Part[], options: Options): Promise<RunReport> {
  const [first, ...rest] = inOrder(parts);
  const all = [first, ...rest];
  const { safety, paths, changes } = first;
  const own = { ...options, safety, paths, changes };
  const selection = await select(own);
  const scope = {
    files: all.flatMap(({ files }) => files),
    covers: (file: string) => covers(selection, file),
  };
  const report = {
    ...ratchet(scope, own),
    mode: "check",
    safety,
    root: options.root,
    part: null,
    scanned: sum(all.map(({ scanned }) => scanned)),
    candidates: sum(all.map(({ candidates }) => candidates)),
    skipped: all.flatMap(({ skipped }) => skipped),
    remarks: all.flatMap(({ remarks }) => remarks),
    installs: [],
    verified: [...new Set(all.flatMap(({ verified }) => verified))],
    timings: {},
  } as const;
  return { ...report, exitCode: exitCodeOf(report) };
}

function inOrder(parts: readonly Part[]): readonly [Part, ...Part[]] {
  const [first, ...rest] = [...parts].sort((a, b) => a.index - b.index);
  if (first === undefined) throw new ConfigError("merge needs the reports of all parts.");
  for (const [i, part] of rest.entries()) sameCheck(first, part, [first, ...rest][i] ?? first);
  const missing = Array.from({ length: first.count }, (_, i) => i + 1).filter(
    (index) => !parts.some((part) => part.index === index),
  );
  if (missing.length > 0)
    throw new ConfigError(
      `merge: ${missing.map((index) => `${index}/${first.count}`).join(", ")} ${missing.length === 1 ? "is" : "are"} missing.\nGive the reports of all ${first.count} parts.`,
    );
  return [first, ...rest];
}

function sameCheck(first: Part, part: Part, before: Part): void {
  if (part.index === before.index && part.count === before.count)
    throw new ConfigError(
      `merge: ${before.name} and ${part.name} are both part ${part.index}/${part.count}.\nGive each part once.`,
    );
  if (part.count !== first.count)
    throw new ConfigError(
      `merge: ${first.name} is one of ${first.count} parts, and ${part.name} one of ${part.count}.\nGive the parts of one check.`,
    );
  if (part.key !== first.key || part.safety !== first.safety)
    throw new ConfigError(
      `merge: ${first.name} and ${part.name} are not of one check: files, options or configuration differ.\nRun all parts on the same commit, with the same flags.`,
    );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
