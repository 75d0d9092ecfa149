import { realpathSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { ConfigError } from "./errors.js";
import { baselineOf, makesBaseline } from "./options/baseline.js";
import { changesOf } from "./options/changes.js";
import { readConfig, type Config } from "./options/config.js";
import { flags } from "./options/flags.js";
import { parseTarget, type Target } from "./explain/target.js";
import { didYouMean } from "./options/nearest.js";
import { parseArguments, type Values } from "./options/parse.js";
import { selectOf } from "./options/select.js";
import { verifyOf, verifyTimeoutOf } from "./options/verify.js";
import { chosenTransforms, servingTransforms } from "./transform-ids.js";
import { reporterNames } from "./inputs.js";
import type { Mode, Options, ReporterName, ResourceModel, TransformId } from "./types.js";

/** Where a report goes; `null` is standard output. */
export interface Output {
  readonly form: ReporterName | "patch";
  readonly file: string | null;
}

/** Options of a run plus what only the command line needs. */
export interface CliOptions extends Options {
  readonly outputs: readonly Output[];
  readonly color: "auto" | "always" | "never";
  readonly verbosity: "quiet" | "normal" | "verbose";
  readonly timings: boolean;
  /** The place to tell about, instead of a run. */
  readonly explain: Target | null;
  /** What a terminal is asked once the changes are known: `once` only where there is one. */
  readonly ask: "never" | "once" | "each";
}

export type Command =
  | { readonly command: "help"; readonly text: string }
  | { readonly command: "version" }
  | { readonly command: "list-kinds"; readonly resources: readonly ResourceModel[] }
  /** `run` is empty for the last one. */
  | { readonly command: "undo"; readonly root: string; readonly run: string }
  | { readonly command: "run"; readonly options: CliOptions };

/** Arguments and the nearest configuration -> one complete, validated value. Arguments win. */
export async function readCommand(argv: readonly string[], folder: string): Promise<Command> {
  const { paths, values } = parseArguments(argv);
  if (values.get("help") === true) return { command: "help", text: await helpText() };
  if (values.get("version") === true) return { command: "version" };
  const root = rootOf(folder, values);
  if (values.has("undo")) return { command: "undo", root, run: text(values, "undo", "") };
  const config = await readConfig(root);
  if (isSet(values, "list-kinds")) return { command: "list-kinds", resources: config?.resources ?? [] };
  const options = build(root, paths, await merged(root, config, values));
  return { command: "run", options: { ...options, ...ownOf(config) } };
}

/** What has no flag: only a configuration says it. */
function ownOf(config: Config | null): Pick<Options, "resources" | "ownTransforms"> {
  return { resources: config?.resources ?? [], ownTransforms: config?.ownTransforms ?? [] };
}

function rootOf(folder: string, values: Values): string {
  const given = text(values, "cwd", ".");
  const root = resolve(folder, given);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(root);
  throw new ConfigError(`--cwd: "${given}" is not a folder.`);
}

async function merged(root: string, config: Config | null, values: Values): Promise<Values> {
  if (!config) return values;
  const below = relative(config.folder, root)
    .split(sep)
    .filter((segment) => segment !== "");
  const { rebase } = await import("./options/rebase.js");
  const ignore = [...rebase(list(config.values, "ignore"), below), ...list(values, "ignore")];
  return new Map([...config.values, ...values, ["ignore", ignore]]);
}

function build(root: string, paths: readonly string[], values: Values): CliOptions {
  const mode = modeOf(values);
  return {
    root,
    paths: paths.length > 0 ? paths : ["."],
    mode,
    safety: choice(values, "safety", ["safe", "likely", "unsafe"]),
    strict: isSet(values, "strict"),
    ignore: list(values, "ignore"),
    gitignore: values.get("gitignore") !== false,
    includeTests: isSet(values, "include-tests"),
    transforms: transformsOf(values),
    syntax: choice(values, "syntax", ["auto", "using", "try-finally"]),
    emit: choice(values, "emit", ["adopt", "acquire"]),
    runtime: text(values, "runtime", "resource-context"),
    contextName: contextNameOf(values),
    allow: {
      dirty: isSet(values, "allow-dirty"),
      staged: isSet(values, "allow-staged"),
      noVcs: isSet(values, "allow-no-vcs"),
    },
    verify: verifyOf(values),
    verifyTimeout: verifyTimeoutOf(values),
    format: choice(values, "format", ["auto", "none", "prettier"]),
    install: values.get("install") !== false,
    baseline: baselineOf(root, values, mode),
    changes: changesOf(values, mode),
    select: selectOf(root, values, mode),
    resources: [],
    ownTransforms: [],
    ...outputOptions(values),
  };
}

function outputOptions(values: Values): Omit<CliOptions, keyof Options> {
  const color = values.get("color");
  if (isSet(values, "quiet") && isSet(values, "verbose"))
    throw new ConfigError("--quiet and --verbose contradict each other.");
  return {
    outputs: outputsOf(values),
    color: color === undefined ? "auto" : color === true ? "always" : "never",
    verbosity: isSet(values, "quiet") ? "quiet" : isSet(values, "verbose") ? "verbose" : "normal",
    timings: isSet(values, "timings"),
    explain: explainOf(values),
    ask: askOf(values),
  };
}

function explainOf(values: Values): Target | null {
  const given = text(values, "explain", "");
  if (given === "") return null;
  const other = ["check", "write", "patch"].find((name) => values.has(name) && values.get(name) !== false);
  const form = outputsOf(values).find((output) => !["pretty", "json", "patch"].includes(output.form))?.form;
  if (form !== undefined)
    throw new ConfigError(
      `--explain has no form "${form}".\nExpected --reporter pretty or --reporter json, into a file or not.`,
    );
  if (other === undefined) return parseTarget(given);
  throw new ConfigError(
    `--explain and --${other} contradict each other.\n--explain only tells: give it alone.`,
  );
}

function modeOf(values: Values): Mode {
  const modes: readonly Mode[] = ["dry", "check", "write"];
  const given = modes.filter((mode) => isSet(values, mode));
  if (given.length > 1) {
    const names = given.map((mode) => `--${mode}`).join(" and ");
    throw new ConfigError(`${names} contradict each other.\nGive one of --dry, --check, --write.`);
  }
  return given[0] ?? (makesBaseline(values) ? "check" : "dry");
}

const speaking = ["dry", "check", "write", "patch", "reporter", "select", "explain", "staged"];

function askOf(values: Values): CliOptions["ask"] {
  const others = speaking.filter((name) => values.has(name) && values.get(name) !== false);
  if (isSet(values, "interactive")) {
    const [other] = others;
    if (other === undefined && !makesBaseline(values)) return "each";
    throw new ConfigError(
      `--interactive and --${other ?? "update-baseline"} contradict each other.\nGive one of them.`,
    );
  }
  return others.length > 0 || makesBaseline(values) || isSet(values, "quiet") ? "never" : "once";
}

function transformsOf(values: Values): readonly TransformId[] {
  const all = chosenTransforms;
  const only = list(values, "transform").map((name) => oneOf("--transform", name, all));
  const without = list(values, "skip-transform").map((name) => oneOf("--skip-transform", name, all));
  const chosen = all.filter((id) => (only.length === 0 || only.includes(id)) && !without.includes(id));
  if (chosen.length > 0) return [...chosen, ...servingTransforms];
  throw new ConfigError(
    `--transform and --skip-transform leave nothing to do.\nTransforms: ${all.join(", ")}.`,
  );
}

function contextNameOf(values: Values): string {
  const name = text(values, "context-name", "ctx");
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return name;
  throw new ConfigError(
    `--context-name: "${name}" is not a name for a variable.\nExpected something like "ctx".`,
  );
}

function outputsOf(values: Values): readonly Output[] {
  const patch = values.get("patch");
  const reports = list(values, "reporter").map(reporterOf);
  const patches: readonly Output[] =
    typeof patch === "string" ? [{ form: "patch", file: patch === "" ? null : patch }] : [];
  const outputs = [...reports, ...patches];
  const shown = outputs.filter((output) => output.file === null);
  if (shown.length > 1) {
    const names = shown.map((output) => output.form).join(" and ");
    throw new ConfigError(
      `${names} cannot both be printed.\nSend all but one to a file, for example --patch=changes.patch.`,
    );
  }
  return shown.length === 1 ? outputs : [{ form: "pretty", file: null }, ...outputs];
}

function reporterOf(given: string): Output {
  const [form = "", ...file] = given.split("=");
  return {
    form: oneOf("--reporter", form, reporterNames),
    file: file.length > 0 ? file.join("=") : null,
  };
}

function isSet(values: Values, name: string): boolean {
  return values.get(name) === true;
}

function text(values: Values, name: string, fallback: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value : fallback;
}

function list(values: Values, name: string): readonly string[] {
  const value = values.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}

/** The first of the known values is the default. */
function choice<Known extends string>(
  values: Values,
  name: string,
  known: readonly [Known, ...Known[]],
): Known {
  return oneOf(`--${name}`, text(values, name, known[0]), known);
}

function oneOf<Known extends string>(flag: string, given: string, known: readonly Known[]): Known {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new ConfigError(
    `${flag}: unknown value "${given}".${didYouMean(given, known)}\nExpected one of ${known.join(", ")}.`,
  );
}

/** Only the help needs all of yargs, which takes longer to load than most runs take. */
async function helpText(): Promise<string> {
  const { default: yargs } = await import("yargs");
  const help = yargs([])
    .scriptName("resource-codemod")
    .usage(
      "$0 [paths or globs..]\n\nFinds resources that nobody releases and puts them under a context that does.",
    )
    .version(false)
    .help(false)
    .wrap(100);
  for (const [name, { alias = [], choices, ...flag }] of Object.entries(flags)) {
    const value = flag.value ?? choices?.join("|");
    const describe = value === undefined ? flag.describe : `${flag.describe} [${value}]`;
    help.option(name, { alias: [...alias], group: flag.group, describe });
  }
  return help
    .epilogue(
      "Exit codes: 0 nothing to do or done, 1 --check found something, 2 the answer cannot be trusted.",
    )
    .getHelp();
}
