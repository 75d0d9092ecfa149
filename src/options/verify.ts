import { ConfigError } from "../errors.js";
import type { Options } from "../types.js";
import { didYouMean } from "./nearest.js";
import type { Values } from "./parse.js";
import { text } from "./values.js";

const words = ["auto", "none", "parse", "types"] as const;

/**
 * A word that is known, or a command.
 * @throws ConfigError when a word looks like one that is known.
 */
export function verifyOf(values: Values): Options["verify"] {
  const given = text(values, "verify");
  const known = words.find((word) => word === given);
  if (known !== undefined) return known;
  const guess = /^\w+$/.test(given) ? didYouMean(given, words) : "";
  if (guess === "") return { command: given };
  throw new ConfigError(
    `--verify: unknown value "${given}".${guess}\nExpected one of ${words.join(", ")}, or a command such as "npm test".`,
  );
}

export function verifyTimeoutOf(values: Values): number {
  const given = text(values, "verify-timeout");
  const seconds = Number(given);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 1_000_000) return seconds;
  throw new ConfigError(
    `--verify-timeout: "${given}" is no number of seconds.\nExpected one above 0, for example 600.`,
  );
}
