import { join } from "node:path";
import { apply, type Results } from "./apply/index.js";
import { planInstalls } from "./apply/install.js";
import { saveText } from "./apply/save.js";
import { discover } from "./discover/index.js";
import { exitCodeOf } from "./exit-code.js";
import { decideAndChange } from "./pipeline.js";
import { ratchet } from "./ratchet/index.js";
import { refuseLost } from "./ratchet/selection.js";
import type { FileOutcome, Options, Progress, RunReport } from "./types.js";

const silent: Progress = () => undefined;

/**
 * discover -> analyse -> ownership -> plan -> rewrite -> format -> check -> apply.
 * @throws ConfigError when the options fit nothing, RefusedError when it is not safe to write.
 */
export async function run(options: Options, progress: Progress = silent): Promise<RunReport> {
  const timings: Record<string, number> = {};
  const timed = async <T>(stage: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    timings[stage] = (timings[stage] ?? 0) + performance.now() - start;
    return result;
  };
  const discovery = await timed("discover", () => discover(options));
  const changed = await decideAndChange({ options, discovery, progress, timed });
  const { files, baseline } = ratchet({ files: changed.files, covers: discovery.covers }, options);
  if (options.select !== null) refuseLost(options.select, files);
  const { remake } = changed;
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
    mode: options.mode,
    safety: options.safety,
    root: options.root,
    files: written,
    scanned: discovery.files.length,
    candidates: discovery.candidates.length,
    skipped: [...discovery.skipped, ...changed.skipped],
    remarks: changed.remarks,
    baseline,
    installs,
    verified: [...verified.notes, ...notes],
    timings,
  };
  return { ...report, exitCode: exitCodeOf(report) };
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
