import path from "node:path";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { discover } from "../discover/index.js";
import { ConfigError, toError } from "../errors.js";
import { format } from "../format/format.js";
import { type DecidedFile, planFile } from "../plan/index.js";
import { unified } from "../reporters/patch.js";
import { rewrite } from "../rewrite/rewrite.js";
import type { Finding, Leak, Level, Options, Progress } from "../types.js";
import { type Attempt, attemptsOf } from "./attempts.js";
import { decideFile } from "./decided.js";
import { choose, type Target } from "./target.js";
import { isWithin } from "../folders.js";

/** Everything there is to say about the sites of one place. */
export interface Explanation {
  readonly file: string;
  readonly line: number;
  /** The line has no site: these are of the nearest one that has. */
  readonly isNearest: boolean;
  readonly safety: Level;
  /** The baseline that accepts sites of the project, relative to its root; null when there is none. */
  readonly baseline: string | null;
  /** The lines of the file. */
  readonly source: readonly string[];
  readonly sites: readonly Explained[];
}

export interface Explained {
  readonly finding: Finding;
  /** A path that leaves it behind; empty when none was found. */
  readonly leak: Leak;
  readonly attempts: readonly Attempt[];
  /** What the rewrite of this site alone would change, at whatever level; empty when it is left. */
  readonly patch: string;
}

/**
 * Decides as a run over the same paths does, and tells about one place.
 * @throws ConfigError when there is nothing at that place to tell about.
 */
export async function explain(options: Options, target: Target, progress: Progress): Promise<Explanation> {
  const file = inProject(options, target.file);
  const source = linesOf(options, file);
  if (target.line < 1 || target.line > source.length)
    throw new ConfigError(
      `--explain: ${file} has ${source.length} lines, so there is no line ${target.line}.\nExpected a line from 1 to ${source.length}.`,
    );
  // A file that is named is looked at whatever it is: a test, or ignored by git.
  const discovery = await discover({ ...options, paths: [...options.paths, file] });
  const { decided, baseline } = await decideFile(options, { discovery, file, progress });
  const { findings, isNearest } = choose(decided.findings, target.line);
  const sites = await Promise.all(findings.map((finding) => explained(finding, decided, options)));
  return { file, line: target.line, isNearest, safety: options.safety, baseline, source, sites };
}

function inProject({ root }: Options, given: string): string {
  const found = statSync(path.resolve(root, given), { throwIfNoEntry: false });
  if (found === undefined || !found.isFile())
    throw new ConfigError(
      `--explain: "${given}" is no file in ${root}.\nExpected the path of a source file, as the report names it.`,
    );
  const file = realpathSync(path.resolve(root, given));
  if (isWithin(file, root)) return path.relative(root, file).split(path.sep).join("/");
  throw new ConfigError(
    `--explain: "${given}" lies outside the project ${root}.\nRun the command from a folder that holds it, or name that folder with --cwd.`,
  );
}

function linesOf({ root }: Options, file: string): readonly string[] {
  const lines = readFileSync(path.join(root, file), "utf8").split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

async function explained(finding: Finding, decided: DecidedFile, options: Options): Promise<Explained> {
  const { ownership, evidence } = finding;
  const own = "leak" in ownership ? ownership.leak : [];
  return {
    finding,
    leak: own.length > 0 ? own : evidence.leak,
    attempts: attemptsOf(finding),
    patch: finding.decision.action === "rewrite" ? await patchOf(finding, decided, options) : "",
  };
}

/** Nothing else of the file is rewritten, and nothing is held back. */
async function patchOf(finding: Finding, decided: DecidedFile, options: Options): Promise<string> {
  const { file, source } = decided;
  const own: Finding = { ...finding, standing: { is: "new" } };
  const plan = planFile({ ...decided, findings: [own] }, { safety: "unsafe" });
  try {
    const { text } = await format({
      path: path.join(options.root, file),
      before: source,
      rewritten: rewrite(plan, source),
      style: options.format,
    });
    return unified({ file, before: source, after: text });
  } catch (thrown) {
    throw new ConfigError(`--explain: the rewrite of ${file} fails: ${toError(thrown).message}`);
  }
}
