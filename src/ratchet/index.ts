import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ConfigError, toError } from "../errors.js";
import { isApplied } from "../plan/levels.js";
import type { BaselineLine, BaselineReport, FileOutcome, Finding, Options } from "../types.js";
import { readLines, writeLines } from "./lines.js";
import { type Candidate, type Coverage, match } from "./match.js";

export interface Ratcheted {
  readonly files: readonly FileOutcome[];
  readonly baseline: BaselineReport | null;
}

/** What the run covered, as far as a baseline needs to know. */
export interface Scope {
  readonly files: readonly FileOutcome[];
  /** Whether a file that is there was asked for. */
  readonly covers: (file: string) => boolean;
}

/**
 * Marks the findings that the baseline accepts. With `--update-baseline` all that the chosen level would change are
 * accepted from now on; the new text of the file is in the report, and `apply` writes it.
 * @throws ConfigError when the file is no baseline.
 */
export function ratchet(scope: Scope, options: Options): Ratcheted {
  const { baseline } = options;
  if (baseline === null) return { files: scope.files, baseline: null };
  const before = textOf(baseline.file);
  const lines = before === null ? [] : readLines(baseline.file, before);
  const folder = path.dirname(baseline.file);
  const nameOf = (file: string): string =>
    path.relative(folder, path.join(options.root, file)).split(path.sep).join("/");
  const candidates = candidatesIn(scope.files, nameOf);
  const coverage = coverageIn(scope, { root: options.root, folder });
  const matched = match(lines, candidates, coverage);
  const wanted = candidates.filter(({ finding }) => isApplied(finding, options.safety));
  const kept = [...matched.accepted].map(([finding]) => finding);
  const accepted = new Set(
    baseline.action === "update" ? [...kept, ...wanted.map((one) => one.finding)] : kept,
  );
  const rest = baseline.action === "use" ? [...matched.stale, ...matched.elsewhere] : matched.elsewhere;
  const after = [...candidates.filter(({ finding }) => accepted.has(finding)).map(lineOf), ...rest];
  return {
    files: scope.files.map((file) => withStanding(file, accepted)),
    baseline: {
      file: path.relative(options.root, baseline.file).split(path.sep).join("/"),
      action: baseline.action,
      strict: baseline.strict,
      accepted: accepted.size,
      added: accepted.size - kept.length,
      stale: matched.stale,
      text: baseline.action === "use" ? null : writeLines(after),
    },
  };
}

function textOf(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    return readFileSync(file, "utf8");
  } catch (thrown) {
    throw new ConfigError(`The baseline ${file} cannot be read: ${toError(thrown).message}`);
  }
}

/** Whatever could be changed at some level: a site that only a higher level changes is still there. */
function candidatesIn(files: readonly FileOutcome[], nameOf: (file: string) => string): readonly Candidate[] {
  return files.flatMap(({ file, findings }) =>
    findings
      .filter(({ decision, standing }) => decision.action === "rewrite" && standing.is !== "suppressed")
      .map((finding) => ({ file: nameOf(file), finding })),
  );
}

/** A file that could not be processed says nothing about its sites. */
function coverageIn(
  { files, covers }: Scope,
  { root, folder }: { readonly root: string; readonly folder: string },
): (file: string) => Coverage {
  const failed = new Set(files.flatMap((one) => (one.status === "failed" ? [one.file] : [])));
  return (name) => {
    const absolute = path.join(folder, name);
    const file = path.relative(root, absolute).split(path.sep).join("/");
    if (failed.has(file)) return "elsewhere";
    if (!existsSync(absolute)) return "gone";
    return !file.startsWith("../") && covers(file) ? "looked-at" : "elsewhere";
  };
}

function lineOf({ file, finding }: Candidate): BaselineLine {
  const { fingerprint, kind } = finding.acquisition;
  return { fingerprint, file, kind, verdict: finding.ownership.verdict };
}

function withStanding(outcome: FileOutcome, accepted: ReadonlySet<Finding>): FileOutcome {
  if (!outcome.findings.some((finding) => accepted.has(finding))) return outcome;
  const findings = outcome.findings.map((finding): Finding =>
    accepted.has(finding) ? { ...finding, standing: { is: "baseline" } } : finding,
  );
  return { ...outcome, findings };
}
