import { apply } from "./apply/index.js";
import { planInstalls } from "./apply/install.js";
import { discover } from "./discover/index.js";
import { exitCodeOf } from "./exit-code.js";
import { decideAndChange } from "./pipeline.js";
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
  const { files, skipped } = await decideAndChange({ options, discovery, progress, timed });
  const installs = await timed("install", () => planInstalls(files, options));
  await timed("apply", () => apply({ files, installs, progress }, options));
  const report = {
    mode: options.mode,
    safety: options.safety,
    root: options.root,
    files,
    scanned: discovery.files.length,
    candidates: discovery.candidates.length,
    skipped: [...discovery.skipped, ...skipped],
    installs,
    timings,
  };
  return { ...report, exitCode: exitCodeOf(report) };
}
