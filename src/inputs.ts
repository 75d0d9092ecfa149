import type { Level, Mode, ResourceModel, Skipped, Stage, TransformId } from "./types.js";

/** What goes into a run: the options, what discovery found, and who is told how far it is. */

export const reporterNames = [
  "pretty",
  "diff",
  "json",
  "jsonl",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "markdown",
  "html",
] as const;

/** The forms that a report can have. */
export type ReporterName = (typeof reporterNames)[number];

/** `use` lets a check pass what the file accepts, `update` accepts all that is there, `prune` takes out what is gone. */
export type BaselineAction = "use" | "update" | "prune";

/** Which baseline counts, and what is done with it. */
export interface BaselineOptions {
  /** Absolute path. */
  readonly file: string;
  readonly action: BaselineAction;
  readonly strict: boolean;
}

/** Which files count as changed: `changed` compares with the default branch. */
export type Changes =
  { readonly by: "since"; readonly ref: string } | { readonly by: "changed" } | { readonly by: "staged" };

/** The changes that were taken in a review: `file` and fingerprint, with a line break between. */
export interface Selected {
  /** Where it was read from. */
  readonly path: string;
  readonly accepted: ReadonlySet<string>;
}

/** The `index`-th of `count` parts of the project; both begin at 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What `merge` must know to put a part together with the others. */
export interface PartOfRun extends Shard {
  /** The same for all parts: they looked at the same files of the same project, asked for in the same way. */
  readonly key: string;
  readonly paths: readonly string[];
  readonly changes: Changes | null;
}

/** A jscodeshift transform of the project that takes part in the run. */
export interface OwnTransform {
  /** As the configuration has it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** Validated and complete: every stage gets this one value. Built by `src/options.ts`. */
export interface Options {
  /** Absolute path of the project root: paths in the report are relative to it. */
  readonly root: string;
  /** Files, folders and globs as the user gave them; `["."]` when none. */
  readonly paths: readonly string[];
  readonly mode: Mode;
  readonly safety: Level;
  /** Also adopt what is finite and awaited. */
  readonly strict: boolean;
  readonly ignore: readonly string[];
  readonly gitignore: boolean;
  readonly includeTests: boolean;
  readonly transforms: readonly TransformId[];
  readonly syntax: "auto" | "using" | "try-finally";
  /** `acquire`: `ctx.spawn(..)` where a context has such a method; else `ctx.process(spawn(..))`. */
  readonly emit: "adopt" | "acquire";
  readonly runtime: string;
  readonly contextName: string;
  readonly allow: { readonly dirty: boolean; readonly staged: boolean; readonly noVcs: boolean };
  /** `auto` checks types where a write can; `types` must be able to. */
  readonly verify: "none" | "parse" | "auto" | "types" | { readonly command: string };
  /** How long one run of the command may take. */
  readonly verifyTimeout: number;
  readonly format: "auto" | "none" | "prettier";
  readonly install: boolean;
  readonly baseline: BaselineOptions | null;
  /** Only these changes are made; null makes all that the level allows. */
  readonly select: Selected | null;
  /** What the project adds to the catalogue. */
  readonly resources: readonly ResourceModel[];
  /** The project's own transforms, in their order. */
  readonly ownTransforms: readonly OwnTransform[];
  /** Look only at files that git calls changed; null looks at all. */
  readonly changes: Changes | null;
  /** Look only at this part; null looks at all. */
  readonly shard: Shard | null;
  /** Folder where a drift check keeps what it found; null keeps nothing. */
  readonly cache: string | null;
  /** Aborted while files are written: everything is put back and the run rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** What `discover` found. All paths are relative to `Options.root`, with `/`, sorted. */
export interface Discovery {
  /** Files that mention both a catalogued module and one of its acquiring functions. */
  readonly candidates: readonly string[];
  /** Every file that was looked at: the prefilter runs again over them for names that candidates re-export. */
  readonly files: readonly string[];
  /** Test files that replace a catalogued module or a file of the project (vi.mock, jest.mock, sinon, ...); looked for in all test files. */
  readonly mockingTests: readonly string[];
  /** All test files. */
  readonly tests: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Whether the report is about a path, as far as shards are concerned; the arrays hold all of them. */
  readonly belongs: (file: string) => boolean;
  /** Whether a path lies in the part of the project that was asked for. */
  readonly covers: (file: string) => boolean;
  /** Text that stands for what is on the disk: staged content. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that could not be read. */
  readonly failures: readonly { readonly file: string; readonly stage: Stage; readonly error: string }[];
}

/** Reports how far the run is; only the terminal shows it. */
export type Progress = (stage: Stage, done: number, total: number) => void;
