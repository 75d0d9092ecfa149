import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import { createText } from "../apply/create.js";
import { planSetup, type Setup } from "../init/index.js";
import type { CiName } from "../init/ci.js";
import { isApplied } from "../plan/levels.js";
import { counted } from "../reporters/style.js";
import type { CliOptions } from "../options/build.js";
import { run } from "../run.js";
import { watched } from "./run.js";
import type { ExitCode, Session } from "./session.js";

interface Initialisation {
  /** A run that makes a baseline, or would; null where there is one. */
  readonly options: CliOptions;
  readonly config: string | null;
  readonly ci: readonly CiName[];
  readonly isPreview: boolean;
}

/** `init`: what a team needs to begin. Writes only files that are not there. */
export async function initialise(asked: Initialisation, session: Session): Promise<ExitCode> {
  const { options, isPreview } = asked;
  const setup = await planSetup({ root: options.root, ...asked });
  // First, because a project that cannot be looked at should not be half set up.
  const { text, exitCode } = await baselineOf(asked, session);
  if (!isPreview) for (const file of setup.create) createText(file.path, file.text);
  session.print(`${described(setup, asked)}${text}\n\n${snippetsText(setup)}`);
  return exitCode;
}

function described({ create, kept }: Setup, { options, isPreview }: Initialisation): string {
  const way = (path: string): string => relative(options.root, path).split(sep).join("/");
  const made = create.flatMap(({ path, text }) =>
    isPreview ? [`would create  ${way(path)}`, indented(text)] : [`created       ${way(path)}`],
  );
  return [...made, ...kept.map((path) => `is there      ${way(path)}`), ""].join("\n");
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, "    ");

interface Told {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** What is there now stays, until somebody mends it: a check begins to fail with the next site. */
async function baselineOf({ options, isPreview }: Initialisation, session: Session): Promise<Told> {
  const { baseline, root } = options;
  if (baseline === null) throw new Error("A run of init has a baseline.");
  const name = relative(root, baseline.file).split(sep).join("/");
  if (existsSync(baseline.file)) return { text: `is there      ${name}`, exitCode: 0 };
  const settings = isPreview ? { ...options, baseline: null } : options;
  const report = await watched(options, session, (progress) => run(settings, progress));
  for (const file of report.files)
    if (file.status === "failed") session.tell(`${file.file} (${file.stage}): ${file.error}`);
  const found = report.files.flatMap((file) => file.findings.filter((one) => isApplied(one, options.safety)));
  const verb = isPreview ? "would create " : "created      ";
  return {
    text: `${verb} ${name}: it accepts ${counted(found.length, "site")}, so that a check fails for new ones only`,
    exitCode: report.files.some((file) => file.status === "failed") ? 2 : 0,
  };
}

function snippetsText({ snippets }: Setup): string {
  return snippets.map(({ title, text }) => `${title}:\n\n${indented(text)}`).join("\n");
}
