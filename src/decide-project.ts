import type { Remake } from "./apply/verify/back-out.js";
import { remember } from "./cache/index.js";
import { keyOf } from "./cache/key.js";
import { discover, type Territory } from "./discover/index.js";
import { decideAndChange, type Timed } from "./pipeline.js";
import type { FileOutcome, Options, Progress, Remark, Skipped } from "./types.js";

/** What a run finds out about a project before anybody judges it: plain JSON. */
export interface ProjectDecision {
  /** Files that were looked at, and those of them that mention what acquires. */
  readonly scanned: number;
  readonly candidates: number;
  readonly files: readonly FileOutcome[];
  readonly skipped: readonly Skipped[];
  readonly remarks: readonly Remark[];
}

interface Request {
  readonly options: Options;
  readonly territory: Territory;
  readonly progress: Progress;
  readonly timed: Timed;
}

/** Decides every site; a drift check may know it all from the last time. */
export async function decideProject(request: Request): Promise<{
  readonly decided: ProjectDecision;
  readonly remake: Remake;
  readonly notes: readonly string[];
}> {
  const { options, territory, timed } = request;
  if (options.mode !== "check" || options.cache === null) {
    const { remake, ...decided } = await decideAfresh(request);
    return { decided, remake, notes: [] };
  }
  const key = keyOf(options, territory);
  const { decided, notes } = await remember({ options, key, timed }, () => decideAfresh(request));
  // Nothing is rewritten in a check, so there is nothing to make again.
  return { decided, remake: (outcome) => Promise.resolve(outcome), notes };
}

async function decideAfresh(request: Request): Promise<ProjectDecision & { readonly remake: Remake }> {
  const { options, territory, timed } = request;
  const discovery = await timed("discover", () => discover(options, territory));
  const { belongs } = discovery;
  const changed = await decideAndChange({ ...request, discovery });
  return {
    scanned: discovery.files.filter(belongs).length,
    candidates: discovery.candidates.filter(belongs).length,
    files: changed.files,
    skipped: [...discovery.skipped.filter(({ path }) => belongs(path)), ...changed.skipped],
    remarks: changed.remarks,
    remake: changed.remake,
  };
}
