import { ConfigError } from "../errors.js";
import { chosenTransforms, servingTransforms } from "../transform-ids.js";
import type { Mode, Options, TransformId } from "../types.js";
import { baselineOf, makesBaseline } from "./baseline.js";
import { cacheOf } from "./cache.js";
import { changesOf } from "./changes.js";
import { outputsOf, type Output } from "./outputs.js";
import type { Values } from "./parse.js";
import { selectOf } from "./select.js";
import { choice, isGiven, isSet, list, oneOf, text } from "./values.js";
import { shardOf } from "./shard.js";
import { verifyOf, verifyTimeoutOf } from "./verify.js";

/** Options of a run plus what only the command line needs. */
export interface CliOptions extends Options {
  readonly outputs: readonly Output[];
  readonly color: "auto" | "always" | "never";
  readonly verbosity: "quiet" | "normal" | "verbose";
  readonly timings: boolean;
  /** What a terminal is asked once the changes are known: `once` only where there is one. */
  readonly ask: "never" | "once" | "each";
}

/** Everything that flags say, complete and checked. */
export function build(root: string, paths: readonly string[], values: Values): CliOptions {
  return { ...buildRun(root, paths, values), ...outputOptions(values) };
}

/** What a run does, without what becomes of its report. */
export function buildRun(root: string, paths: readonly string[], values: Values): Options {
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
    runtime: text(values, "runtime"),
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
    shard: shardOf(values, mode),
    cache: cacheOf(root, values),
    select: selectOf(root, values, mode),
    resources: [],
    ownTransforms: [],
  };
}

function outputOptions(values: Values): Omit<CliOptions, keyof Options> {
  const color = values.get("color");
  if (isSet(values, "quiet") && isSet(values, "verbose"))
    throw new ConfigError("--quiet and --verbose contradict each other.\nGive one of them.");
  return {
    outputs: outputsOf(values),
    color: color === undefined ? "auto" : color === true ? "always" : "never",
    verbosity: isSet(values, "quiet") ? "quiet" : isSet(values, "verbose") ? "verbose" : "normal",
    timings: isSet(values, "timings"),
    ask: askOf(values),
  };
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
  const others = speaking.filter((name) => isGiven(values, name));
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
  const name = text(values, "context-name");
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return name;
  throw new ConfigError(
    `--context-name: "${name}" is not a name for a variable.\nExpected something like "ctx".`,
  );
}
