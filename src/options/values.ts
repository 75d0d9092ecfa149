import { ConfigError } from "../errors.js";
import { flags } from "./flags.js";
import { didYouMean } from "./nearest.js";
import type { Values } from "./parse.js";

export function isSet(values: Values, name: string): boolean {
  return values.get(name) === true;
}

/** Also true for a flag with a value; not for one that says no. */
export function isGiven(values: Values, name: string): boolean {
  return values.has(name) && values.get(name) !== false;
}

/** What was given, else what the table of flags says. */
export function text(values: Values, name: string): string {
  const value = values.get(name) ?? flags[name]?.fallback;
  return typeof value === "string" ? value : "";
}

export function list(values: Values, name: string): readonly string[] {
  const value = values.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}

/** The first of the known values is the default. */
export function choice<Known extends string>(
  values: Values,
  name: string,
  known: readonly [Known, ...Known[]],
): Known {
  const given = values.get(name);
  return typeof given === "string" ? oneOf(`--${name}`, given, known) : known[0];
}

export function oneOf<Known extends string>(flag: string, given: string, known: readonly Known[]): Known {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new ConfigError(
    `${flag}: unknown value "${given}".${didYouMean(given, known)}\nExpected one of ${known.join(", ")}.`,
  );
}
