import { join } from "node:path";
import { apply } from "./apply/index.js";
import { planInstalls } from "./apply/install.js";
import { saveText } from "./apply/save.js";
import { discover } from "./discover/index.js";
import { exitCodeOf } from "./exit-code.js";
import { decideAndChange } from "./pipeline.js";
import { ratchet } from "./ratchet/index.js";
import { refuseLost } from "./ratchet/selection.js";
import type { Options, Progress, RunReport } from "./types.js";

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
  const installs = await timed("install", () => planInstalls(files, options));
  await timed("apply", () => apply({ files, installs, progress }, options));
  if (baseline?.text != null) saveText(join(options.root, baseline.file), baseline.text);
  const report = {
    mode: options.mode,
    safety: options.safety,
    root: options.root,
    files,
    scanned: discovery.files.length,
    candidates: discovery.candidates.length,
    skipped: [...discovery.skipped, ...changed.skipped],
    remarks: changed.remarks,
    baseline,
    installs,
    timings,
  };
  return { ...report, exitCode: exitCodeOf(report) };
}
