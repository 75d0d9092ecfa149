import { refuseUnwritable } from "../apply/index.js";
import { ConfigError } from "../errors.js";
import type { CliOptions } from "../options/build.js";
import { run } from "../run.js";
import type { Progress, RunReport, Selected } from "../types.js";
import { deliver, styleFor } from "./deliver.js";
import { Interrupted, type ExitCode, type Session } from "./session.js";

/** The command without a name: previews, checks or writes, and asks where somebody can answer. */
export async function runAndReport(options: CliOptions, session: Session): Promise<ExitCode> {
  const isAsking = options.ask === "each" || (options.ask === "once" && session.terminal !== null);
  if (isAsking && session.terminal === null) throw new ConfigError(noTerminal);
  const interrupt = new AbortController();
  const work = (settings: CliOptions): Promise<RunReport> =>
    watched(settings, session, (progress) =>
      run({ ...settings, signal: interrupt.signal }, holding(progress, interrupt, session)),
    );
  const report = await work(options);
  if (options.ask !== "each") await deliver(report, { options, session });
  if (!isAsking) return report.exitCode;
  const select = await ask(report, options, session);
  if (select === null) return report.exitCode;
  const written = await work({ ...options, mode: "write", select });
  await deliver(written, { options, session });
  return written.exitCode;
}

const noTerminal =
  "--interactive asks questions, and there is no terminal to ask.\nPass --dry to see the changes, --write to make them, or --reporter html=report.html and --select to review them.";

/** Work whose progress a terminal shows. */
export async function watched<Result>(
  { verbosity }: CliOptions,
  session: Session,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  return work(verbosity === "quiet" ? () => undefined : session.progress).finally(session.clearProgress);
}

/** Until files are being written there is nothing to restore, and a signal may end us at once. */
function holding(progress: Progress, interrupt: AbortController, session: Session): Progress {
  return (stage, done, total) => {
    if (stage === "apply" && done === 0) session.holdSignals(interrupt);
    progress(stage, done, total);
  };
}

/** What is to be written, by the answers; null when it is nothing. */
async function ask(report: RunReport, options: CliOptions, session: Session): Promise<Selected | null> {
  const changes = report.files.filter((file) => file.status === "changed");
  if (changes.length === 0 || session.terminal === null) {
    if (options.ask === "each") await deliver(report, { options, session });
    return null;
  }
  await refuseUnwritable(report, options);
  const { askEach, askOnce } = await import("../interactive/pick.js");
  const style = styleFor({ form: "pretty", file: null }, { options, session });
  const interrupt = (): never => {
    throw new Interrupted(130);
  };
  const terminal = { ...session.terminal, interrupt };
  const select = await (options.ask === "each" ? askEach : askOnce)(report, style, terminal);
  if (select === null) session.print("Nothing was written.\n");
  return select;
}
