import { readFileSync } from "node:fs";
import path from "node:path";
import { keep } from "../apply/keep.js";
import { type Answered, digestOf, isUnchanged, Trace, traced } from "../disk.js";
import { toError } from "../errors.js";
import type { ProjectDecision } from "../decide-project.js";
import type { Timed } from "../pipeline.js";
import type { Options } from "../types.js";

/** What was kept, and what the disk must still answer for it to hold. */
interface Kept {
  readonly key: string;
  readonly entries: readonly Answered[];
  readonly decided: ProjectDecision;
}

export interface Request {
  readonly options: Options;
  /** Stands for the tool, the options and the list of files. */
  readonly key: string;
  readonly timed: Timed;
}

/**
 * What an earlier run found, when nothing of what it looked at has changed since; otherwise the work is done, and kept.
 * The cache is a help, not a duty: when it cannot be written, a note says why.
 */
export async function remember(
  { options, key, timed }: Request,
  work: () => Promise<ProjectDecision>,
): Promise<{ readonly decided: ProjectDecision; readonly notes: readonly string[] }> {
  // One entry for each way of asking: a check of changed files does not push out that of all files.
  const file = path.join(options.cache ?? "", `check-${digestOf(wayOfAsking(options))}.json`);
  const kept = await timed("cache", () => stillTrue(file, key));
  if (kept !== null) return { decided: kept, notes: [] };
  const trace = new Trace();
  const { scanned, candidates, files, skipped, remarks } = await traced(trace, work);
  const decided = { scanned, candidates, files, skipped, remarks };
  const notes = trace.isSteady
    ? await timed("cache", () => save(file, { key, entries: trace.entries, decided }))
    : [];
  return { decided, notes };
}

function stillTrue(file: string, key: string): ProjectDecision | null {
  const kept = read(file);
  return kept !== null && kept.key === key && isUnchanged(kept.entries) ? kept.decided : null;
}

/** Two runs that are asked the same way share an entry, whatever the files are. */
function wayOfAsking({ root, paths, changes, shard, transforms, ignore }: Options): string {
  return JSON.stringify([root, paths, changes, shard, transforms, ignore]);
}

/** A file that is not there, or not as it was written, holds nothing. */
function read(file: string): Kept | null {
  try {
    const text = readFileSync(file, "utf8");
    const end = text.indexOf("\n");
    const content = text.slice(end + 1);
    if (digestOf(content) !== text.slice(0, end)) return null;
    const kept: Kept = JSON.parse(content);
    return kept;
  } catch (thrown) {
    if (thrown instanceof Error) return null;
    throw thrown;
  }
}

function save(file: string, kept: Kept): readonly string[] {
  const content = JSON.stringify(kept);
  try {
    keep(file, `${digestOf(content)}\n${content}`);
    return [];
  } catch (thrown) {
    return [`what was found could not be kept for the next run: ${toError(thrown).message}`];
  }
}
