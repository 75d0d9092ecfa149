import path from "node:path";
import { catalogueWith } from "../catalogue/index.js";
import { changeFile } from "../change.js";
import { Decider, noNeighbours, type SourceFile } from "../decide.js";
import { discover } from "../discover/index.js";
import { isSource } from "../discover/paths.js";
import { isOfInterest } from "../discover/prefilter.js";
import { ignoring, skippedByName, skippedByText } from "../discover/skip.js";
import { ConfigError } from "../errors.js";
import type { Settings } from "../options/define-config.js";
import { shown } from "../options/shape.js";
import { type DecidedFile, planFile } from "../plan/index.js";
import { isDrift } from "../plan/levels.js";
import { ratchet } from "../ratchet/index.js";
import { except, replan } from "../replan.js";
import type { Finding, Options, Remark, Skipped, Stage } from "../types.js";
import { editsBetween, type TextEdit } from "./edits.js";
import { resolveOptions, type RunOptions } from "./run-options.js";

/** A text, and the file that it stands for or is to stand in. */
export interface SourceText {
  /** Absolute, or seen from `cwd`. */
  readonly path: string;
  readonly text: string;
}

/** What `findingsIn` takes: settings win over the configuration that counts in `cwd`. */
export interface SourceOptions
  extends Omit<Settings, "extends" | "transforms">, Pick<RunOptions, "cwd" | "config" | "baseline"> {
  /**
   * `file`, the default, reads nothing of the project but what the text leads to. `project` first does a check of all of
   * `cwd`, once: only then functions of other files that acquire are known, and tests that replace modules.
   */
  readonly scope?: "file" | "project";
  /** Whether to make the edits of rewrites; `true` when absent. */
  readonly edits?: boolean;
}

/** One site of a text. */
export interface SourceFinding {
  /** As in the report of a run: place, verdict, level, decision and message. */
  readonly finding: Finding;
  /** A check would count it: the level allows the rewrite, and neither comment nor baseline accepts the site. */
  readonly isDrift: boolean;
  /**
   * What makes the text the rewritten one, for this site alone; it has passed the checks of a run. Empty for a site that
   * is no drift, and where `edits` are not wanted.
   */
  readonly edits: readonly TextEdit[];
  /** Why there are no edits although the site is to be rewritten; null when that is not so. */
  readonly problem: string | null;
}

/** What is known about one text. `passed-over`: the command would not look at that file. */
export type SourceFindings =
  | {
      readonly status: "analysed";
      /** Relative to `cwd`, with `/`. */
      readonly file: string;
      readonly findings: readonly SourceFinding[];
      /** Comments that suppress in a wrong form, or suppress nothing. */
      readonly remarks: readonly Remark[];
    }
  | { readonly status: "passed-over"; readonly file: string; readonly reason: Skipped["reason"] | "outside" }
  | { readonly status: "failed"; readonly file: string; readonly stage: Stage; readonly error: string };

/** How old what is known about other files may be, in milliseconds: an editor changes them while we run. */
const fresh = 2000;

/** Projects that are looked at file by file, by their options. */
export class OpenProjects {
  private readonly open = new Map<string, { readonly project: Promise<OpenProject>; readonly at: number }>();

  /** @throws ConfigError when the options or the configuration are wrong. */
  get(options: SourceOptions): Promise<OpenProject> {
    const key = JSON.stringify(options);
    const known = this.open.get(key);
    const isGood =
      known !== undefined && (options.scope === "project" || performance.now() - known.at < fresh);
    if (isGood) return known.project;
    const project = OpenProject.open(options);
    this.open.set(key, { project, at: performance.now() });
    return project;
  }
}

/** A project of which one text after the other is looked at. */
export class OpenProject {
  private constructor(
    private readonly options: Options,
    private readonly decider: Decider,
    private readonly how: {
      readonly isIgnored: (file: string) => boolean;
      readonly takesAll: boolean;
      readonly edits: boolean;
    },
  ) {}

  /** @throws ConfigError when the options or the configuration are wrong. */
  static async open({ scope = "file", edits = true, ...given }: SourceOptions): Promise<OpenProject> {
    const takesAll = isProject(scope);
    const resolved = await resolveOptions(given);
    const options: Options = { ...resolved, mode: "dry" };
    const discovery = takesAll ? await discover(options) : null;
    const decider = new Decider(options, discovery ?? noNeighbours);
    if (discovery !== null) await decider.decideAll(discovery.candidates, () => undefined);
    return new OpenProject(options, decider, {
      isIgnored: await ignoring(options.ignore),
      takesAll,
      edits,
    });
  }

  async findingsIn({ path: given, text }: SourceText): Promise<SourceFindings> {
    const { options, decider, how } = this;
    const file = path.relative(options.root, path.resolve(options.root, given)).split(path.sep).join("/");
    const reason = this.reasonToPassOver({ path: file, text });
    if (reason !== null) return { status: "passed-over", file, reason };
    if (!how.takesAll && !isOfInterest(text, catalogueWith(options.resources)))
      return { status: "analysed", file, findings: [], remarks: [] };
    const decision = decider.decideSource({ path: file, text });
    if (decision.ok) return this.told(decision.decided);
    const { stage, error, isFlow } = decision;
    return isFlow
      ? { status: "passed-over", file, reason: "flow" }
      : { status: "failed", file, stage, error };
  }

  private reasonToPassOver({ path: file, text }: SourceFile): Skipped["reason"] | "outside" | null {
    const takesTests = this.options.includeTests;
    if (file === ".." || file.startsWith("../") || path.isAbsolute(file) || !isSource(file)) return "outside";
    const byName = skippedByName(file, { takesTests, isIgnored: this.how.isIgnored });
    return byName === null ? skippedByText(file, text, takesTests) : byName.reason;
  }

  private async told(decided: DecidedFile): Promise<SourceFindings> {
    const { options } = this;
    const { file, remarks } = decided;
    const outcome = { status: "unchanged", file, findings: decided.findings } as const;
    const known = ratchet({ files: [outcome], covers: (other) => other === file }, options);
    const marked = known.files.flatMap(({ findings }) => findings);
    const findings: SourceFinding[] = [];
    for (const finding of marked) findings.push(await this.rewritten(finding, decided));
    return { status: "analysed", file, findings, remarks };
  }

  /** The rewrite of one site, with the checks that a run does; the others stay as they are. */
  private async rewritten(finding: Finding, decided: DecidedFile): Promise<SourceFinding> {
    const { options, decider } = this;
    const found = { finding, isDrift: isDrift(finding, options.safety), edits: [], problem: null };
    if (!found.isDrift || !this.how.edits) return found;
    const others = decided.findings.filter(
      ({ acquisition }) => acquisition.fingerprint !== finding.acquisition.fingerprint,
    );
    const outcome = await changeFile({
      decided,
      plan: { ...planFile(decided, options), findings: [finding] },
      options,
      replan: (text) => except(others, replan(decider, { path: decided.file, text }, options)),
    });
    if (outcome.status === "failed") return { ...found, problem: `${outcome.stage}: ${outcome.error}` };
    const edits = outcome.status === "changed" ? editsBetween(outcome.before, outcome.after) : [];
    return { ...found, edits };
  }
}

function isProject(scope: string): boolean {
  if (scope === "file" || scope === "project") return scope === "project";
  throw new ConfigError(`options: "scope": unknown value ${shown(scope)}.\nExpected one of file, project.`);
}
