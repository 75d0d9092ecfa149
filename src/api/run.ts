import { run as runWith } from "../run.js";
import type { Progress, RunReport } from "../types.js";
import { inOptionWords, resolveOptions, type RunOptions } from "./run-options.js";

/**
 * What the command does, without its output: finds every acquisition in the project, decides who must release it and,
 * by the mode, shows, checks or writes the changes. `exitCode` of the report is that of the command.
 * @param options - Everything has a default: without any, a dry run over the working directory.
 * @param progress - Told after each step how many files of a stage are done.
 * @throws ConfigError when an option, the configuration or a path is wrong; it says what to do.
 * @throws RefusedError when it is not safe to write.
 */
export function run(options: RunOptions = {}, progress?: Progress): Promise<RunReport> {
  return inOptionWords(async () => runWith(await resolveOptions(options), progress));
}
