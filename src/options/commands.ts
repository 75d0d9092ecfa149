/** A command with a name of its own; it is the first word that is no flag. A folder of that name is `./name`. */
export interface Subcommand {
  /** What may follow, for the help. */
  readonly usage: string;
  readonly describe: string;
  /** Flags that mean something to it; all others are refused. */
  readonly flags: readonly string[];
}

/** Parser, help and suggestions read this table; `src/commands/` has a module for each. */
export const subcommands = {
  init: {
    usage: "init",
    describe:
      "write a configuration, a CI file and a baseline where there are none, and show snippets for hooks; --dry shows all of it",
    flags: ["dry", "ci", "config", "safety", "include-tests", "color", "verbose"],
  },
  doctor: {
    usage: "doctor [paths or globs..]",
    describe: "say how ready the project is: sites by kind and verdict, forms of scope, what to do first",
    flags: [
      ...["include-tests", "ignore", "gitignore", "since", "changed", "config", "safety", "strict"],
      ...["transform", "skip-transform", "syntax", "emit", "runtime", "baseline"],
      ...["reporter", "color", "quiet", "verbose"],
    ],
  },
  merge: {
    usage: "merge <reports..>",
    describe: "put the JSON reports of all --shard runs of one check together, and judge them as a whole",
    flags: [
      ...["baseline", "update-baseline", "prune-baseline", "strict-baseline"],
      ...["config", "reporter", "color", "quiet", "verbose"],
    ],
  },
  completion: {
    usage: "completion",
    describe: "print a script that completes commands and flags in bash or zsh, by $SHELL",
    flags: [],
  },
} as const satisfies Readonly<Record<string, Subcommand>>;

export type SubcommandName = keyof typeof subcommands;

export const isSubcommand = (word: string): word is SubcommandName => Object.hasOwn(subcommands, word);
