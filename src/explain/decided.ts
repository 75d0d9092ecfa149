import { Decider, type Decision } from "../decide.js";
import { ConfigError } from "../errors.js";
import type { DecidedFile } from "../plan/index.js";
import { ratchet } from "../ratchet/index.js";
import type { Discovery, FileOutcome, Options, Progress } from "../types.js";

interface Search {
  readonly discovery: Discovery;
  readonly file: string;
  readonly progress: Progress;
}

interface InProject {
  readonly decided: DecidedFile;
  readonly baseline: string | null;
}

/** Decides the project as a run does; gives what it says about one file. */
export async function decideFile(
  options: Options,
  { discovery, file, progress }: Search,
): Promise<InProject> {
  const decider = new Decider({ ...options, mode: "dry" }, discovery);
  const decisions = await decider.decideAll(discovery.candidates, (done, total) =>
    progress("analyse", done, total),
  );
  const decision = decisions.find((one) => (one.ok ? one.decided.file : one.file) === file);
  if (decision?.ok === false)
    throw new ConfigError(
      `--explain: ${file} cannot be analysed (${decision.stage}): ${decision.error}\nMend the file first.`,
    );
  if (decision === undefined || decision.decided.findings.length === 0) throw nothingIn(file, discovery);
  return accepted(decision.decided, decisions, { options, discovery });
}

/** A line of the baseline may accept a site of any file: all of them are held against it. */
function accepted(
  decided: DecidedFile,
  decisions: readonly Decision[],
  { options, discovery }: { readonly options: Options; readonly discovery: Discovery },
): InProject {
  const files = decisions.map((one): FileOutcome => {
    if (!one.ok) return { status: "failed", findings: [], ...one };
    return { status: "unchanged", file: one.decided.file, findings: one.decided.findings };
  });
  const { files: marked, baseline } = ratchet({ files, covers: discovery.covers }, options);
  const findings = marked.find((one) => one.file === decided.file)?.findings ?? decided.findings;
  return { decided: { ...decided, findings }, baseline: baseline?.file ?? null };
}

function nothingIn(file: string, { skipped, failures }: Discovery): ConfigError {
  const failure = failures.find((one) => one.file === file);
  const passedOver = skipped.find((one) => file === one.path || file.startsWith(`${one.path}/`));
  const why =
    failure !== undefined
      ? `it cannot be read: ${failure.error}`
      : passedOver === undefined
        ? "nothing in it acquires a resource that the tool knows, or --transform leaves it out"
        : `it is passed over (${passedOver.reason})`;
  return new ConfigError(
    `--explain: ${file} has no site: ${why}.\nThe sites of the project: resource-codemod --dry --verbose`,
  );
}
