import { reporterNames } from "../inputs.js";
import { chosenTransforms } from "../transform-ids.js";
import { scaleFlags } from "./scale-flags.js";

/** A flag of the command. `optional` takes a value only after `=`; `list` may be repeated. */
export interface Flag {
  readonly type: "boolean" | "number" | "string" | "list" | "optional";
  readonly group: string;
  readonly describe: string;
  readonly alias?: readonly string[];
  readonly choices?: readonly string[];
  /** Name of the value in the help. */
  readonly value?: string;
  /** What holds when nobody says anything: for a boolean it is `false`, for a choice the first, when this is absent. */
  readonly fallback?: string | true;
  /** `--no-..` is not about true and false, but says that there is to be none. */
  readonly none?: true;
  /** Only the command of that name reads it. */
  readonly only?: "init";
  /** May also stand in the configuration, under its camelCase name. */
  readonly config?: true;
}

const mode = "Mode";
const scope = "What to look at";
const work = "What to do";
const writing = "Writing";
const ratchet = "Ratchet";
const output = "Output";

/** Only what works is listed. Parser, help, configuration and suggestions all read this table. */
export const flags: Readonly<Record<string, Flag>> = {
  dry: {
    type: "boolean",
    group: mode,
    alias: ["d", "n", "dry-run"],
    describe: "show the diff and write nothing (default)",
  },
  check: { type: "boolean", group: mode, describe: "exit 1 when a site needs changing; write nothing" },
  write: { type: "boolean", group: mode, alias: ["w"], describe: "apply the changes, all or nothing" },
  interactive: {
    type: "boolean",
    group: mode,
    alias: ["i"],
    describe: "ask about each change, on a terminal; without a mode a terminal is asked once",
  },

  "include-tests": { type: "boolean", group: scope, config: true, describe: "also change test files" },
  ignore: {
    type: "list",
    group: scope,
    config: true,
    value: "glob",
    describe: "leave out, written as in a .gitignore; repeatable",
  },
  gitignore: {
    type: "boolean",
    group: scope,
    config: true,
    fallback: true,
    describe: "leave out what git ignores; --no-gitignore looks at it",
  },
  since: {
    type: "string",
    group: scope,
    value: "ref",
    describe:
      "only files that differ from where this branch left the ref; uncommitted and untracked ones too",
  },
  changed: { type: "boolean", group: scope, describe: "the same, compared with the default branch" },
  staged: {
    type: "boolean",
    group: scope,
    describe: "only staged files, with their staged text; writes nothing",
  },
  config: {
    type: "string",
    group: scope,
    value: "file",
    none: true,
    describe: "read this configuration instead of the nearest one; --no-config reads none",
  },
  ...scaleFlags,

  cwd: { type: "string", group: scope, value: "folder", describe: "run as if started in this folder" },

  safety: {
    type: "string",
    group: work,
    config: true,
    choices: ["safe", "likely", "unsafe"],
    describe: "apply changes up to this level",
  },
  strict: {
    type: "boolean",
    group: work,
    config: true,
    describe: "also adopt what ends by itself and is awaited",
  },
  transform: {
    type: "list",
    group: work,
    config: true,
    choices: chosenTransforms,
    describe: "only these; repeatable",
  },
  "skip-transform": {
    type: "list",
    group: work,
    config: true,
    choices: chosenTransforms,
    describe: "all but these; repeatable",
  },
  syntax: {
    type: "string",
    group: work,
    config: true,
    choices: ["auto", "using", "try-finally"],
    describe: "how a scope releases what it owns",
  },
  emit: {
    type: "string",
    group: work,
    config: true,
    choices: ["adopt", "acquire"],
    describe: "whether a context adopts a resource, or acquires it itself where it can",
  },
  runtime: {
    type: "string",
    group: work,
    config: true,
    value: "module",
    fallback: "resource-context",
    describe: "import the runtime from here",
  },
  "context-name": {
    type: "string",
    group: work,
    config: true,
    value: "name",
    fallback: "ctx",
    describe: "variable that holds the context of a scope",
  },
  verify: {
    type: "string",
    group: work,
    config: true,
    value: "none|parse|types|auto|command",
    fallback: "auto",
    describe:
      "check the result: that it parses; that the project's own tsc finds nothing new (auto, the default, does that with --write where a tsconfig.json and tsc are there; types does it in a preview too, or exits 2); or that a command still passes on the written files. Changes that fail are taken back",
  },
  "verify-timeout": {
    type: "number",
    group: work,
    config: true,
    fallback: "600",
    value: "seconds",
    describe: "how long the command of --verify may run each time (600)",
  },
  format: {
    type: "string",
    group: work,
    config: true,
    choices: ["auto", "none", "prettier"],
    describe: "format what was inserted",
  },

  select: {
    type: "string",
    group: writing,
    value: "file",
    describe: "make only the changes that were taken in the page of --reporter html",
  },
  undo: {
    type: "optional",
    group: writing,
    value: "=run|=list",
    describe:
      "put back what the last (or that) --write wrote, also one that was killed; =list names the runs",
  },
  "allow-dirty": { type: "boolean", group: writing, describe: "write files that have uncommitted changes" },
  "allow-staged": { type: "boolean", group: writing, describe: "write files that have staged changes" },
  "allow-no-vcs": { type: "boolean", group: writing, describe: "write files that git does not keep" },
  install: {
    type: "boolean",
    group: writing,
    config: true,
    fallback: true,
    describe: "add the runtime to package.json; --no-install does not",
  },

  baseline: {
    type: "optional",
    group: ratchet,
    value: "=file",
    describe:
      "sites that a check lets pass; without a file the nearest resource-codemod-baseline.txt, which is read anyway",
  },
  "update-baseline": {
    type: "boolean",
    group: ratchet,
    describe: "accept all that --check finds from now on, and drop what is gone",
  },
  "prune-baseline": { type: "boolean", group: ratchet, describe: "drop what is gone from the baseline" },
  "strict-baseline": {
    type: "boolean",
    group: ratchet,
    config: true,
    describe: "exit 2 when the baseline holds a site that is gone",
  },

  explain: {
    type: "string",
    group: output,
    value: "file:line|fingerprint|word",
    describe:
      "tell all about the site there: verdict, the path that leaks, what was tried; or what a verdict, reason, kind or transform is",
  },
  reporter: {
    type: "list",
    group: output,
    value: `${reporterNames.join("|")}[=file]`,
    describe: "form of the report; repeatable, all but one into a file",
  },
  patch: {
    type: "optional",
    group: output,
    value: "=file",
    describe: "print (or save) nothing but a patch for `git apply`",
  },
  "split-by": {
    type: "string",
    group: output,
    choices: ["directory", "owner", "transform", "package"],
    describe: "save the patch in parts, each for a review of its own, into the folder of --patch=folder/",
  },
  color: { type: "boolean", group: output, describe: "colour the output; --no-color does not" },
  quiet: { type: "boolean", group: output, alias: ["q"], describe: "print errors only" },
  verbose: {
    type: "boolean",
    group: output,
    describe: "name every site that was left, and the stack of a crash",
  },
  timings: { type: "boolean", group: output, describe: "show the time of each stage" },

  ci: {
    type: "list",
    group: output,
    choices: ["github", "gitlab"],
    only: "init",
    describe: "of init: the CI to write a file for; without it what the repository shows that it uses",
  },
  "print-config": {
    type: "boolean",
    group: output,
    describe: "print every setting with its value and where that comes from",
  },
  "list-transforms": {
    type: "boolean",
    group: output,
    describe: "print every transform with the kinds of resources that it rewrites",
  },
  "list-kinds": {
    type: "boolean",
    group: output,
    describe: "print every kind of resource with what acquires and what releases it",
  },
  help: { type: "boolean", group: output, alias: ["h"], describe: "show this" },
  version: { type: "boolean", group: output, alias: ["V"], describe: "show the version" },
};

export const flagNames: readonly string[] = Object.keys(flags);

/** Every spelling of a flag, without dashes, to its name. */
export const spellings: ReadonlyMap<string, string> = new Map(
  Object.entries(flags).flatMap(([name, flag]) =>
    [name, ...(flag.alias ?? [])].map((spelling) => [spelling, name] as const),
  ),
);

/** A flag as it is written. */
export function dashed(spelling: string): string {
  return spelling.length === 1 ? `-${spelling}` : `--${spelling}`;
}
