import { ConfigError, RefusedError } from "../errors.js";
import { isRecord } from "../json.js";
import { buildRun } from "../options/build.js";
import { empty, joined, readConfig } from "../options/config.js";
import type { Settings } from "../options/define-config.js";
import { flags } from "../options/flags.js";
import { merged, ownOf, rootOf } from "../options/merge.js";
import { didYouMean } from "../options/nearest.js";
import type { Value } from "../options/parse.js";
import { camelCased, checkedValue, settingNames, settingsOf, shaped } from "../options/settings.js";
import { listOf, shown, textOf } from "../options/shape.js";
import { oneOf } from "../options/values.js";
import type { Mode, Options } from "../types.js";

/**
 * What `run` takes: the settings of a configuration, and what the command line says with flags. Every member is
 * optional. What is given wins over the configuration; patterns to ignore and resources are added to its own.
 */
export interface RunOptions extends Omit<Settings, "extends"> {
  /** The folder of the run: `paths` and the paths in the report are relative to it. The working directory when absent. */
  readonly cwd?: string;
  /** Files, folders and globs in `cwd`; all of it when absent. */
  readonly paths?: readonly string[];
  /** `dry`, the default, makes the new texts and writes nothing; `check` looks for drift; `write` applies. */
  readonly mode?: Mode;
  /** A configuration file, seen from `cwd`; `false` reads none. The nearest one from `cwd` upwards when absent. */
  readonly config?: string | false;
  /** The file of the sites that a check lets pass; the nearest `resource-codemod-baseline.txt` when absent. */
  readonly baseline?: string;
  /** Accept all that the check finds from now on. */
  readonly updateBaseline?: boolean;
  /** Take what is gone out of the baseline. */
  readonly pruneBaseline?: boolean;
  /** Only files that differ from where this branch left the ref. */
  readonly since?: string;
  /** Only files that differ from the default branch. */
  readonly changed?: boolean;
  /** Only staged files, with their staged text. */
  readonly staged?: boolean;
  /** A selection that the page of the `html` report saved: only those changes are made. */
  readonly select?: string;
  /** Where a check keeps what it found, seen from `cwd`; `node_modules/.cache` when absent. */
  readonly cacheLocation?: string;
  /** Write files that have uncommitted changes. */
  readonly allowDirty?: boolean;
  /** Write files that have staged changes. */
  readonly allowStaged?: boolean;
  /** Write files that git does not keep. */
  readonly allowNoVcs?: boolean;
  /** Aborted while files are written: everything is put back, and the run rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** Flags of a run that no configuration may hold. */
const runFlags = [
  ...["baseline", "update-baseline", "prune-baseline", "since", "changed", "staged", "select"],
  ...["allow-dirty", "allow-staged", "allow-no-vcs", "cache-location"],
];
const flagOf: ReadonlyMap<string, string> = new Map(runFlags.map((flag) => [camelCased(flag), flag]));
const runKeys = ["cwd", "paths", "mode", "config", "signal", ...flagOf.keys()];
const settingKeys = [...settingNames.keys(), ...shaped.filter((key) => key !== "extends")];
const modes: readonly Mode[] = ["dry", "check", "write"];
const where = "options";

/**
 * Options with the configuration that counts, complete and checked.
 * @throws ConfigError that names the option, what was given and what is expected.
 */
export function resolveOptions(given: RunOptions): Promise<Options> {
  return inOptionWords(async () => {
    const all = membersOf(given);
    const values = valuesOf(all);
    const root = rootOf(".", values);
    const content = Object.fromEntries([...all].filter(([key]) => !runKeys.includes(key)));
    const own = settingsOf({ folder: root, where }, content);
    const config = await readConfig(root, configOf(all.get("config")));
    const { resources, ownTransforms } = own;
    const both = joined(config ?? empty, { ...empty, values: own.values, resources, ownTransforms });
    const options = { ...buildRun(root, pathsOf(all.get("paths")), merged(both, values)), ...ownOf(both) };
    return given.signal === undefined ? options : { ...options, signal: given.signal };
  });
}

/** Errors speak of options, not of flags. */
export async function inOptionWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new ConfigError(asOptions(thrown.message));
    throw thrown instanceof RefusedError ? new RefusedError(asOptions(thrown.message)) : thrown;
  }
}

/** What is `undefined` was not given. */
function membersOf(given: unknown): ReadonlyMap<string, unknown> {
  if (!isRecord(given))
    throw new ConfigError(
      `${where} must be an object such as { cwd: ".", mode: "check" }, but it is ${shown(given)}.`,
    );
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  const known = [...runKeys, ...settingKeys];
  const strange = members.map(([key]) => key).find((key) => !known.includes(key));
  if (strange === undefined) return new Map(members);
  throw new ConfigError(
    `${where}: unknown key "${strange}".${didYouMean(strange, known)}\nKnown keys: ${known.join(", ")}.`,
  );
}

function valuesOf(all: ReadonlyMap<string, unknown>): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [key, flag] of flagOf) {
    const known = flags[flag];
    if (known !== undefined && all.has(key))
      values.set(flag, checkedValue(known, { where, key, value: all.get(key) }));
  }
  if (all.has("cwd")) values.set("cwd", textOf({ at: `${where}: "cwd"`, value: all.get("cwd") }));
  if (all.has("mode")) values.set(oneOf(`${where}: "mode"`, shownText(all.get("mode")), modes), true);
  return values;
}

const shownText = (value: unknown): string => (typeof value === "string" ? value : shown(value));

function pathsOf(value: unknown): readonly string[] {
  return value === undefined ? [] : listOf({ at: `${where}: "paths"`, value }).map(textOf);
}

function configOf(value: unknown): Value | undefined {
  return value === undefined || value === false ? value : textOf({ at: `${where}: "config"`, value });
}

/** `--allow-dirty` is `allowDirty: true` here, and `--check` is `mode: "check"`. */
function asOptions(message: string): string {
  return message.replace(
    /(?<![\w-])--(no-)?([a-z][a-z-]*)/g,
    (flag, no: string | undefined, name: string) => {
      if (modes.some((mode) => mode === name)) return `mode: "${name}"`;
      if (flags[name] === undefined) return flag;
      if (no !== undefined) return `${camelCased(name)}: false`;
      return flags[name].type === "boolean" ? `${camelCased(name)}: true` : camelCased(name);
    },
  );
}
