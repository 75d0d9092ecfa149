import { ConfigError } from "./errors.js";
import type { Page } from "./explain/page.js";
import type { Fingerprint, Target } from "./explain/target.js";
import { build, type CliOptions } from "./options/build.js";
import { readConfig, type Config } from "./options/config.js";
import type { PrintedConfig } from "./options/effective.js";
import { explainOf } from "./options/explain.js";
import { merged, ownOf, rootOf } from "./options/merge.js";
import { formOf } from "./options/outputs.js";
import { parseArguments, type Values } from "./options/parse.js";
import { splitOf, type Split } from "./options/split.js";
import { isSet, list, oneOf, text } from "./options/values.js";
import type { ResourceModel } from "./types.js";

export type Command =
  | { readonly command: "help"; readonly text: string }
  | { readonly command: "version" }
  | { readonly command: "list-kinds"; readonly resources: readonly ResourceModel[] }
  /** `run` is empty for the last one. */
  | { readonly command: "undo"; readonly root: string; readonly run: string }
  | {
      readonly command: "explain";
      readonly options: CliOptions;
      readonly target: Target | Fingerprint | Page;
    }
  | { readonly command: "print-config"; readonly config: PrintedConfig }
  | {
      readonly command: "doctor";
      readonly options: CliOptions;
      readonly configs: readonly string[];
      readonly form: "pretty" | "json";
    }
  | {
      readonly command: "init";
      /** Of the run that makes the baseline. */
      readonly options: CliOptions;
      /** The configuration that counts here; null when there is none. */
      readonly config: string | null;
      /** Empty: what the repository shows that it uses. */
      readonly ci: readonly ("github" | "gitlab")[];
      readonly isPreview: boolean;
    }
  /** Reports of all parts of one check; `options` say what becomes of them. */
  | { readonly command: "merge"; readonly options: CliOptions; readonly reports: readonly string[] }
  | { readonly command: "list-transforms" }
  | { readonly command: "completion" }
  /** What the script of `completion` asks on each press of the key. */
  | { readonly command: "complete"; readonly words: readonly string[] }
  | { readonly command: "split"; readonly options: CliOptions; readonly split: Split }
  | { readonly command: "run"; readonly options: CliOptions };

const completionRequest = "--get-yargs-completions";

/** Arguments and the nearest configuration -> one complete, validated value. Arguments win. */
export async function readCommand(argv: readonly string[], folder: string): Promise<Command> {
  const completing = argv.indexOf(completionRequest);
  if (completing >= 0) return { command: "complete", words: argv.slice(completing + 1) };
  const { command, paths, values } = parseArguments(argv);
  if (values.get("help") === true)
    return { command: "help", text: await (await import("./options/help.js")).helpText() };
  if (values.get("version") === true) return { command: "version" };
  if (command === "completion") return { command };
  if (isSet(values, "list-transforms")) return { command: "list-transforms" };
  const root = rootOf(folder, values);
  if (values.has("undo")) return { command: "undo", root, run: text(values, "undo") };
  const config = await readConfig(root, values.get("config"));
  if (isSet(values, "list-kinds")) return { command: "list-kinds", resources: config?.resources ?? [] };
  if (command === "init") return initialisation(config, { root, paths, values });
  if (command === "merge") return merging(config, { root, paths, values });
  const options = { ...build(root, paths, merged(config, values)), ...ownOf(config) };
  if (command !== "doctor") return commandWith(config, { options, values });
  return { command, options, configs: config?.files ?? [], form: formOf(command, options.outputs) };
}

interface Started {
  readonly root: string;
  readonly paths: readonly string[];
  readonly values: Values;
}

/** Its run makes a baseline, which is a check. */
function initialisation(config: Config | null, given: Started): Command {
  const { root, paths, values } = given;
  const [path] = paths;
  if (path !== undefined)
    throw new ConfigError(
      `init takes no paths, but "${path}" was given.\nIt sets up the folder where it is started, or --cwd <folder>.`,
    );
  const own = new Map([...merged(config, values), ["dry", false], ["update-baseline", true]] as const);
  return {
    command: "init",
    options: { ...build(root, [], own), ...ownOf(config) },
    config: config?.files[0] ?? null,
    ci: list(values, "ci").map((name) => oneOf("--ci", name, ["github", "gitlab"])),
    isPreview: isSet(values, "dry"),
  };
}

/** It judges as a check does. */
function merging(config: Config | null, { root, paths, values }: Started): Command {
  const options = build(root, [], new Map([...merged(config, values), ["check", true]]));
  if (paths.length > 0) return { command: "merge", options, reports: paths };
  throw new ConfigError(
    "merge needs the reports of all parts.\nExpected files that --shard i/n --reporter json=<file> made, one of each part.",
  );
}

interface Given {
  readonly options: CliOptions;
  readonly values: Values;
}

async function commandWith(config: Config | null, { options, values }: Given): Promise<Command> {
  const target = explainOf(values);
  if (target !== null) return { command: "explain", options, target };
  const split = splitOf(values);
  if (split !== null) return { command: "split", options: withoutPatch(options), split };
  if (!isSet(values, "print-config")) return { command: "run", options };
  const { effectiveSettings } = await import("./options/effective.js");
  const form = formOf("--print-config", options.outputs);
  const settings = effectiveSettings(config, values);
  return {
    command: "print-config",
    config: { root: options.root, files: config?.files ?? [], settings, form },
  };
}

/** The patch goes to a folder in parts, not to a file. */
function withoutPatch(options: CliOptions): CliOptions {
  return { ...options, outputs: options.outputs.filter(({ form }) => form !== "patch") };
}
