import { ConfigError } from "../errors.js";
import type { Mode, Shard } from "../types.js";
import { makesBaseline } from "./baseline.js";
import { outputsOf } from "./outputs.js";
import type { Values } from "./parse.js";

/**
 * Which part of the project was asked for; null for all of it.
 * @throws ConfigError for what is no part, or for flags that need the whole.
 */
export function shardOf(values: Values, mode: Mode): Shard | null {
  const given = values.get("shard");
  if (typeof given !== "string") return null;
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(given) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count))
    throw new ConfigError(`--shard: "${given}" is no part of a whole.\nExpected i/n such as 1/4, up to 4/4.`);
  if (mode !== "check" || makesBaseline(values))
    throw new ConfigError(
      "--shard is for --check, and a baseline is made of the whole.\nGive --check --shard, then `resource-codemod merge <reports> --update-baseline` where one is wanted.",
    );
  if (!outputsOf(values).some(({ form }) => form === "json"))
    throw new ConfigError(
      `--shard passes no judgement: \`resource-codemod merge\` reads the JSON reports of all parts.\nAdd --reporter json=shard-${index}.json.`,
    );
  return { index: Number(index), count: Number(count) };
}
