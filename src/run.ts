import { join } from "node:path";
import { apply, type Results } from "./apply/index.js";
import { planInstalls } from "./apply/install.js";
import { saveText } from "./apply/save.js";
import { commonKey } from "./cache/key.js";
import { decideProject } from "./decide-project.js";
import { type Territory, territoryOf } from "./discover/index.js";
import { exitCodeOf } from "./exit-code.js";
import type { Timed } from "./pipeline.js";
import { ratchet } from "./ratchet/index.js";
import { refuseLost } from "./ratchet/selection.js";
import type { FileOutcome, Options, PartOfRun, Progress, RunReport } from "./types.js";

const silent: Progress = () => undefined;

/**
 * discover -> analyse -> ownership -> plan -> rewrite -> format -> check -> apply.
 * @throws ConfigError when the options fit nothing, RefusedError when it is not safe to write.
 */
export async function run(options: Options, progress: Progress = silent): Promise<RunReport> {
  const timings: Record<string, number> = {};
  const timed: Timed = async (stage, work) => {
    const start = performance.now();
    const result = await work();
    timings[stage] = (timings[stage] ?? 0) + performance.now() - start;
    return result;
  };
  const territory = await timed("discover", () => territoryOf(options));
  const { decided, remake, notes: kept } = await decideProject({ options, territory, progress, timed });
  const part = partOf(options, territory);
  // A part cannot tell whether what the baseline accepts is elsewhere by now: `merge` asks it about the whole.
  const { files, baseline } = ratchet(
    { files: decided.files, covers: territory.covers },
    part === null ? options : { ...options, baseline: null },
  );
  if (options.select !== null) refuseLost(options.select, files);
  const verified = await timed("verify", () => verify({ files, remake }, options));
  const planned = await timed("install", () => planInstalls(verified.files, options));
  const {
    files: written,
    installs,
    notes,
  } = await timed("apply", () =>
    apply({ files: verified.files, installs: planned, progress, remake }, options),
  );
  if (baseline?.text != null) saveText(join(options.root, baseline.file), baseline.text);
  const report = {
    ...decided,
    mode: options.mode,
    safety: options.safety,
    root: options.root,
    files: written,
    part,
    baseline,
    installs,
    verified: [...kept, ...verified.notes, ...notes],
    timings,
  };
  return { ...report, exitCode: exitCodeOf(report) };
}

function partOf(options: Options, territory: Territory): PartOfRun | null {
  const { shard, paths, changes } = options;
  return shard === null ? null : { ...shard, key: commonKey(options, territory), paths, changes };
}

/** A drift check makes no new text; compilers and what drives them are loaded when they are needed. */
async function verify(
  { files, remake }: Pick<Results, "files" | "remake">,
  options: Options,
): Promise<{ readonly files: readonly FileOutcome[]; readonly notes: readonly string[] }> {
  if (typeof options.verify === "object" && options.mode === "dry")
    return { files, notes: [`\`${options.verify.command}\` is run by --write only`] };
  const isWanted = options.verify === "types" || (options.verify === "auto" && options.mode === "write");
  if (!isWanted || options.mode === "check") return { files, notes: [] };
  return (await import("./apply/verify/types.js")).verifyTypes({ files, options, remake });
}
