/**
 * The central types, and nothing else. Everything from `FilePlan` on is plain JSON: no AST node,
 * function, Map or Date crosses the border between deciding (analyse, ownership) and writing
 * (rewrite, format, check, apply).
 */
import type { Fix } from "./fixes.js";
import type { BaselineAction, PartOfRun } from "./inputs.js";
import type { Evidence, LeaveReason, Ownership } from "./verdicts.js";

/** Half-open range of UTF-16 offsets. Both ends matter: in `a().b()` two calls share one start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What all resources of one kind share: `src/catalogue/kinds.ts`. */
export type Kind =
  | "child-process"
  | "file-write"
  | "stream"
  | "file-handle"
  | "temp-dir"
  | "temp-file"
  | "server"
  | "socket"
  | "timer"
  | "watcher"
  | "worker"
  | "readline"
  | "terminal"
  | "bundle"
  | "dev-server"
  | "database"
  | "connection"
  | "request"
  | "pool"
  | "browser"
  | "lock"
  | "listener"
  | "disposable";

/** Each transform is one module in transforms/ with the same name. */
export type TransformId =
  | "spawn"
  | "file-writes"
  | "streams"
  | "handles"
  | "temp-files"
  | "servers"
  | "sockets"
  | "timers"
  | "listeners"
  | "watchers"
  | "workers"
  | "bundlers"
  | "clients"
  | "async-functions"
  | "class-cleanup"
  | "imports";

/**
 * `safe`: only error and exit paths change. `likely`: a lifetime or an observable detail may change.
 * `unsafe`: needs a human.
 */
export type Level = "safe" | "likely" | "unsafe";

/** Names that rewritten code imports from the runtime. */
export type RuntimeName = "ResourceContext" | "atomicWriteFile" | "atomicWriteFileSync";

/** All names that rewritten code imports; `pipeline` is Node's own. */
export type ImportedName = RuntimeName | "pipeline";

// ---------------------------------------------------------------- findings

/** The expression that brings a resource to life, without its AST node. */
export interface Acquisition {
  /** `ResourceModel.id`. */
  readonly api: string;
  readonly kind: Kind;
  readonly span: Span;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Enclosing symbol path such as `Runner.start`; empty at the top level of a module. */
  readonly symbol: string;
  /** Stable identity without line numbers: api, symbol, normalised call text, ordinal. */
  readonly fingerprint: string;
  /** Name of the variable that holds the handle, when there is one. */
  readonly boundTo: string | null;
}

/** Whether a site is rewritten, by which transform and how; or why it is left. */
export type Decision =
  | { readonly action: "rewrite"; readonly transform: TransformId; readonly fix: Fix }
  | { readonly action: "leave"; readonly reason: LeaveReason };

/** What somebody said about the site: a comment in the code never lets it be changed, the baseline lets a check pass. */
export type Standing =
  | { readonly is: "new" }
  | { readonly is: "baseline" }
  /** Not taken by whoever reviewed the changes. */
  | { readonly is: "declined" }
  | { readonly is: "suppressed"; readonly reason: string };

/** An acquisition, its verdict, and the decision. */
export interface Finding {
  readonly acquisition: Acquisition;
  readonly ownership: Ownership;
  readonly level: Level;
  readonly decision: Decision;
  /** One sentence for people: why this verdict, why this level. */
  readonly message: string;
  readonly evidence: Evidence;
  readonly standing: Standing;
}

// ---------------------------------------------------------------- plans (JSON border)

/** How one name came into the file. */
export interface ImportBinding {
  readonly local: string;
  readonly role: "default" | "namespace" | "named" | "whole";
  /** The specifier (`spawn as launch`, `* as fs`, the identifier); for `whole` the statement. */
  readonly span: Span;
  /** Number of references in the file, types included. */
  readonly references: number;
  /** Those of them that are no types. */
  readonly values: number;
}

/** One `import`, `import x = require()`, top-level `require` or promisify statement. */
export interface ImportStatement {
  readonly form: "import" | "import-equals" | "require" | "promisify";
  readonly module: string;
  readonly typeOnly: boolean;
  /** From the first token to the last, semicolon included, leading comments excluded. */
  readonly span: Span;
  /** The braces of `{ a, b }` when there are any. */
  readonly braces: Span | null;
  readonly bindings: readonly ImportBinding[];
  /** Local names that the statement itself refers to: they are freed with it (`promisify(fs.writeFile)`). */
  readonly uses: readonly string[];
  /** A directive comment (`@ts-`, `eslint-disable-next-line`) sits right above: never remove. */
  readonly pinned: boolean;
}

/** A place for a new import. */
export interface Anchor {
  readonly at: number;
  readonly after: "import" | "header" | "start";
}

/** What rewriting must know about a file besides its findings. */
export interface FileFacts {
  readonly moduleSystem: "import" | "import-equals" | "require";
  readonly imports: readonly ImportStatement[];
  /** Offset behind the statement after which a new import goes; 0-based, on a statement or header end. */
  readonly anchor: Anchor;
  /** Local name under which each imported name is (or will be) known in this file. */
  readonly names: Readonly<Record<ImportedName, string>>;
  /** Module specifier of the runtime. */
  readonly runtime: string;
  /** The module that `pipeline` comes from, as this file spells those of Node, and where a new import of it goes. */
  readonly streams: { readonly module: string; readonly anchor: Anchor };
}

/** Everything that is needed to rewrite one file, as JSON. Refuses a source with another hash. */
export interface FilePlan {
  /** Path relative to the project root, with `/`. */
  readonly file: string;
  /** SHA-256 of the source text, hex. */
  readonly sourceHash: string;
  readonly facts: FileFacts;
  /** Only findings that will be applied; all others are in the report. */
  readonly findings: readonly Finding[];
}

/** One splice. `order` breaks ties between insertions at one offset: lower comes first. */
export type Edit =
  | { readonly op: "insert"; readonly at: number; readonly text: string; readonly order: number }
  | { readonly op: "replace"; readonly span: Span; readonly text: string }
  | { readonly op: "remove"; readonly span: Span };

/** What a module in transforms/ contributes to the pipeline. */
export interface Transform {
  readonly id: TransformId;
  /** The edits for this concern. Pure: plan and text in, edits out. */
  readonly edits: (plan: FilePlan, source: string) => readonly Edit[];
}

// ---------------------------------------------------------------- outcomes

/** The stage of a run in which a file failed. */
export type Stage = "discover" | "read" | "parse" | "analyse" | "rewrite" | "format" | "check" | "apply";

/** Everything the run knows about one file that was looked at. */
export type FileOutcome =
  | { readonly status: "unchanged"; readonly file: string; readonly findings: readonly Finding[] }
  | {
      readonly status: "changed";
      readonly file: string;
      readonly findings: readonly Finding[];
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly status: "failed";
      readonly file: string;
      readonly findings: readonly Finding[];
      readonly stage: Stage;
      readonly error: string;
    };

/** `dry` makes the new texts and writes nothing, `check` looks for drift, `write` applies all changes or none. */
export type Mode = "dry" | "check" | "write";

/** A file or folder that was passed over, and why; `repository`: another git repository inside this one. */
export interface Skipped {
  readonly path: string;
  readonly reason:
    "ignored" | "dependency" | "generated" | "declaration" | "test" | "minified" | "repository" | "flow";
}

/** A package.json that gets the runtime as a dependency; `command` is what its package manager installs with. */
export interface Install {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly command: string;
}

/** Something to say about a place that is no site. */
export interface Remark {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** One accepted site. The fingerprint knows neither file nor line; `file` is relative to the baseline's folder. */
export interface BaselineLine {
  readonly fingerprint: string;
  readonly file: string;
  readonly kind: string;
  readonly verdict: string;
}

/** What the baseline did in this run. */
export interface BaselineReport {
  /** Relative to the root. */
  readonly file: string;
  readonly action: BaselineAction;
  /** Lines whose site is gone make the exit code 2. */
  readonly strict: boolean;
  /** Sites that it accepts, those that were just added included. */
  readonly accepted: number;
  readonly added: number;
  /** Lines whose site is gone; taken out unless the action is `use`. */
  readonly stale: readonly BaselineLine[];
  /** What the file is to hold; null when it stays as it is. */
  readonly text: string | null;
}

/** What a run found and did: every reporter and the exit code are made of it. */
export interface RunReport {
  readonly mode: Mode;
  readonly safety: Level;
  readonly root: string;
  readonly files: readonly FileOutcome[];
  /** Files looked at (after ignore rules), candidates (after the text prefilter). */
  readonly scanned: number;
  readonly candidates: number;
  readonly skipped: readonly Skipped[];
  /** Null for a run over all of it. */
  readonly part: PartOfRun | null;
  /** Suppressions in comments that are wrong or accept nothing. */
  readonly remarks: readonly Remark[];
  /** Null when the project has none. */
  readonly baseline: BaselineReport | null;
  /** package.json files that got the runtime as a dependency (or would get it), relative paths. */
  readonly installs: readonly Install[];
  /** What was checked beyond each file by itself, and what could not be. */
  readonly verified: readonly string[];
  readonly exitCode: 0 | 1 | 2;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

export type * from "./fixes.js";
export type * from "./inputs.js";
export type * from "./models.js";
export type * from "./verdicts.js";
