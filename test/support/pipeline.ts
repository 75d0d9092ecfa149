import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { changeFile } from "../../src/change.js";
import { Decider, noNeighbours, type Decision } from "../../src/decide.js";
import { isTest } from "../../src/discover/paths.js";
import { planFile } from "../../src/plan/index.js";
import type { FileOutcome, FilePlan, Options } from "../../src/types.js";
import { put } from "./project.js";

/** A small project on the disk, in the form in which `discover` hands it over. */
export interface SmallProject {
  readonly options: Options;
  readonly files: readonly string[];
  readonly mockingTests: readonly string[];
}

/** Writes the files of a package; a `.git` folder keeps configuration above it out. */
export function writePackage(
  root: string,
  files: Readonly<Record<string, string>>,
  manifest: Readonly<Record<string, unknown>>,
): void {
  mkdirSync(join(root, ".git"), { recursive: true });
  put(root, { "package.json": `${JSON.stringify(manifest, null, 2)}\n`, ...files });
}

/** Decides all files and changes what the options let through: the pipeline without discovery and writing. */
export async function runPipeline({
  options,
  files,
  mockingTests,
}: SmallProject): Promise<readonly FileOutcome[]> {
  const tests = files.filter(isTest);
  const decider = new Decider(options, { ...noNeighbours, files, mockingTests, tests });
  const candidates = files.filter((file) => !tests.includes(file));
  const decisions = await decider.decideAll(candidates, () => undefined);
  return Promise.all(decisions.map((decision) => outcomeOf(decision, decider, options)));
}

/** The text of a file after the run; throws when the run failed on it. */
export function textAfter(outcome: FileOutcome, input: string): string {
  if (outcome.status === "failed") throw new Error(`${outcome.file}: ${outcome.stage}: ${outcome.error}`);
  return outcome.status === "changed" ? outcome.after : input;
}

async function outcomeOf(decision: Decision, decider: Decider, options: Options): Promise<FileOutcome> {
  if (!decision.ok) return { status: "failed", findings: [], ...decision };
  const { decided } = decision;
  const replan = (text: string): FilePlan => {
    const again = decider.decideSource({ path: decided.file, text });
    if (!again.ok) throw new Error(`The result cannot be analysed: ${again.error}`);
    return planFile(again.decided, options);
  };
  return changeFile({ decided, plan: planFile(decided, options), options, replan });
}
