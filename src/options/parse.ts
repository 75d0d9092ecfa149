import parser from "yargs-parser";
import { ConfigError } from "../errors.js";
import { isSubcommand, subcommands, type SubcommandName } from "./commands.js";
import { dashed, flagNames, flags, spellings } from "./flags.js";
import { didYouMean } from "./nearest.js";

export type Value = boolean | string | readonly string[];
/** Values by flag name or, from a configuration, by the same name. Only what was given is there. */
export type Values = ReadonlyMap<string, Value>;

export interface Arguments {
  /** Null for the command without a name. */
  readonly command: SubcommandName | null;
  readonly paths: readonly string[];
  readonly values: Values;
}

/** Splits the arguments into paths and flags, and refuses every flag that is not known. */
export function parseArguments(argv: readonly string[]): Arguments {
  const explicit = withValues(argv);
  const parsed = parser.detailed(explicit, settings);
  if (parsed.error) throw new ConfigError(parsed.error.message);
  const values = new Map<string, Value>();
  for (const [key, value] of Object.entries(parsed.argv)) {
    if (key === "_" || key === "--") continue;
    // Only `--no-...` gives a boolean: all else is text.
    if (value === false && !spellings.has(key)) throw unknown(`--no-${key}`);
    values.set(nameOf(key), valueOf(key, value));
  }
  const [first = "", ...others] = parsed.argv._.map(String);
  const rest = (parsed.argv["--"] ?? []).map(String);
  const lost = [...values.keys()].find((name) => flags[name]?.only !== undefined);
  if (lost !== undefined && flags[lost]?.only !== first)
    throw new ConfigError(
      `${dashed(lost)} is a flag of "${flags[lost]?.only ?? ""}".\nWrite resource-codemod ${flags[lost]?.only ?? ""} ${dashed(lost)} <value>.`,
    );
  if (!isSubcommand(first)) return { command: null, paths: [...parsed.argv._.map(String), ...rest], values };
  refuseOthers(first, values);
  return { command: first, paths: [...others, ...rest], values };
}

/** A flag that a command does not read would be believed to work. */
function refuseOthers(command: SubcommandName, values: Values): void {
  const known: readonly string[] = [...subcommands[command].flags, "help", "cwd"];
  const other = [...values.keys()].find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new ConfigError(
    `${dashed(other)} is no flag of "${command}".\nIt takes ${known.map(dashed).join(", ")}. A folder of that name is written ./${command}.`,
  );
}

// All are strings to the parser: of a boolean it would take `--check=yes` for false.
const settings = {
  string: [...flagNames],
  configuration: {
    "camel-case-expansion": false,
    "dot-notation": false,
    "duplicate-arguments-array": true,
    "flatten-duplicate-arrays": false,
    "parse-numbers": false,
    "parse-positional-numbers": false,
    "populate--": true,
    "short-option-groups": false,
    "strip-aliased": true,
  },
};

/** Says `=` wherever a word could be taken for a value or a value be missing: `--check true` names a file `true`. */
function withValues(argv: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? "";
    if (word === "--") return [...result, ...argv.slice(index)];
    if (/^-[^-=][^=]/.test(word)) throw unknown(word);
    const name = word.startsWith("-") ? spellings.get(word.replace(/^--?/, "")) : undefined;
    const type = name === undefined ? undefined : flags[name]?.type;
    if (name === undefined || type === undefined) result.push(word);
    else if (type === "boolean") result.push(`--${name}=true`);
    else if (type === "optional") result.push(`--${name}=`);
    else result.push(`--${name}=${following(word, argv[++index])}`);
  }
  return result;
}

function following(flag: string, word: string | undefined): string {
  if (word !== undefined && word !== "" && !word.startsWith("--")) return word;
  throw withoutValue(flag);
}

function withoutValue(flag: string): ConfigError {
  const { choices, value = "value" } = flags[spellings.get(flag.replace(/^--?/, "")) ?? ""] ?? {};
  const expected = choices === undefined ? "" : ` Expected one of ${choices.join(", ")}.`;
  return new ConfigError(
    `${flag} needs a value.${expected}\nWrite ${flag} <${value}> or ${flag}=<${value}>.`,
  );
}

/** The flag that a key of the parser stands for. */
function nameOf(key: string): string {
  const name = spellings.get(key);
  if (name === undefined) throw unknown(dashed(key));
  return name;
}

function unknown(flag: string): ConfigError {
  const guess = didYouMean(flag, [...[...spellings.keys()].map(dashed), ...negations]);
  return new ConfigError(`Unknown flag ${flag}.${guess}\nAll flags: resource-codemod --help`);
}

const negations = ["--no-gitignore", "--no-install", "--no-color", "--no-config"];

function valueOf(key: string, value: unknown): Value {
  const type = flags[nameOf(key)]?.type;
  const all = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  const last = all.at(-1) ?? "";
  if (type === "boolean") return truth(key, last);
  if (value === false && flags[nameOf(key)]?.none) return false;
  if (value === false) throw unknown(`--no-${key}`);
  if (type === "list") return all;
  if (all.length > 1)
    throw new ConfigError(
      `${dashed(key)} was given ${String(all.length)} times: ${all.map((one) => `"${one}"`).join(" and ")}.\nGive it once.`,
    );
  if (type !== "optional" && last === "") throw withoutValue(dashed(key));
  return last;
}

function textOf(value: unknown): string {
  return String(value);
}

function truth(key: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new ConfigError(
    `${dashed(key)} takes no value, but "${value}" was given.\nWrite ${dashed(key)} alone; a path stands apart from it.`,
  );
}
