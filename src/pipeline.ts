import { failedFinding, type Remake } from "./apply/verify/back-out.js";
import type { ChangeRequest } from "./change.js";
import type { Decider, Decision } from "./decide.js";
import { planFile } from "./plan/index.js";
import { except, replan } from "./replan.js";
import type { Discovery, FileOutcome, Options, Progress, Remark, Skipped } from "./types.js";

/** Does the work of a stage, and adds to the time that the stage took. */
export type Timed = <T>(stage: string, work: () => T | Promise<T>) => Promise<T>;

export interface PipelineRequest {
  readonly options: Options;
  readonly discovery: Discovery;
  readonly progress: Progress;
  readonly timed: Timed;
}

export interface Changed {
  readonly files: readonly FileOutcome[];
  /** Files that turned out not to be TypeScript or JavaScript when they were parsed. */
  readonly skipped: readonly Skipped[];
  readonly remarks: readonly Remark[];
  readonly remake: Remake;
}

/** Every file that was looked at, with its findings and, outside of `--check`, its new text. */
export async function decideAndChange({
  options,
  discovery,
  progress,
  timed,
}: PipelineRequest): Promise<Changed> {
  const unreadable = discovery.failures
    .filter(({ file }) => discovery.belongs(file))
    .map((failure): FileOutcome => ({
      status: "failed",
      findings: [],
      ...failure,
    }));
  if (discovery.candidates.length === 0)
    return withOwn(
      { files: unreadable, skipped: [], remarks: [], remake: (outcome) => Promise.resolve(outcome) },
      { options, discovery, timed },
    );
  // The compiler takes half a second to load: not before there is something to parse.
  const { Decider } = await timed("load", () => import("./decide.js"));
  const decider = new Decider(options, discovery);
  const decisions = await timed("analyse", () =>
    decider.decideAll(discovery.candidates, (done, total) => progress("analyse", done, total)),
  );
  const skipped = decisions.flatMap((one): readonly Skipped[] =>
    one.ok || !one.isFlow ? [] : [{ path: one.file, reason: "flow" }],
  );
  const rest = decisions.filter((one) => one.ok || !one.isFlow);
  const outcomes: FileOutcome[] = [];
  for (const [i, decision] of rest.entries()) {
    outcomes.push(await timed("rewrite", () => outcomeOf(decision, decider, options)));
    progress("rewrite", i + 1, rest.length);
  }
  const remarks = rest.flatMap((one) => (one.ok ? one.decided.remarks : []));
  const files = [...unreadable, ...outcomes];
  const remake = remaking(rest, decider, options);
  return withOwn({ files, skipped, remarks, remake }, { options, discovery, timed });
}

function remaking(decisions: readonly Decision[], decider: Decider, options: Options): Remake {
  const known = new Map(
    decisions.flatMap((one) => (one.ok ? [[one.decided.file, one.decided] as const] : [])),
  );
  return async (outcome, failed) => {
    const decided = known.get(outcome.file);
    if (decided === undefined) return outcome;
    const findings = outcome.findings.map((finding) => failedFinding(finding, failed));
    const left = outcome.findings.filter(({ acquisition }) => failed.has(acquisition.fingerprint));
    const { changeFile } = await import("./change.js");
    return changeFile({
      decided: { ...decided, findings },
      plan: planFile({ ...decided, findings }, options),
      options,
      replan: (source) => except(left, replan(decider, { path: decided.file, text: source }, options)),
    });
  };
}

/** What the project's own transforms make of it. They have no sites: a drift check has nothing to ask them. */
async function withOwn(
  { files, skipped, remarks, remake }: Changed,
  { options, discovery, timed }: Omit<PipelineRequest, "progress">,
): Promise<Changed> {
  const inOrder = (all: readonly FileOutcome[]): readonly FileOutcome[] =>
    [...all].sort((a, b) => (a.file < b.file ? -1 : 1));
  if (options.ownTransforms.length === 0 || options.mode === "check")
    return { files: inOrder(files), skipped, remarks, remake };
  const { applyOwn } = await timed("load", () => import("./own/index.js"));
  const own = await timed("transforms", () => applyOwn({ outcomes: files, options, discovery }));
  return {
    files: inOrder(own.outcomes),
    skipped,
    remarks: [...remarks, ...own.remarks],
    remake: async (outcome, failed) => {
      const again = await remake(outcome, failed);
      const files = [outcome.file];
      const { outcomes } = await applyOwn({ outcomes: [again], options, discovery: { ...discovery, files } });
      return outcomes[0] ?? again;
    },
  };
}

async function outcomeOf(decision: Decision, decider: Decider, options: Options): Promise<FileOutcome> {
  if (!decision.ok)
    return {
      status: "failed",
      findings: [],
      file: decision.file,
      stage: decision.stage,
      error: decision.error,
    };
  const { decided } = decision;
  // A drift check needs the findings, not the new text.
  if (options.mode === "check")
    return { status: "unchanged", file: decided.file, findings: decided.findings };
  const request: ChangeRequest = {
    decided,
    plan: planFile(decided, options),
    options,
    replan: (source) => replan(decider, { path: decided.file, text: source }, options),
  };
  const { changeFile } = await import("./change.js");
  return changeFile(request);
}
