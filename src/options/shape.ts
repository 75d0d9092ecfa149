import { ConfigError } from "../errors.js";
import { didYouMean } from "./nearest.js";

/** A value of a configuration and where it stands, for messages. */
export interface Placed {
  /** `resource-codemod.config.json: resources[0].acquire` */
  readonly at: string;
  readonly value: unknown;
}

export type Members = ReadonlyMap<string, Placed>;

/** The members of an object; refuses what is none, and every key that is not known. */
export function membersOf({ at, value }: Placed, known: readonly string[]): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw unexpected({ at, value }, `an object with ${known.join(", ")}`);
  for (const key of Object.keys(value))
    if (!known.includes(key))
      throw new ConfigError(
        `${at}: unknown key "${key}".${didYouMean(key, known)}\nKnown keys: ${known.join(", ")}.`,
      );
  return new Map(Object.entries(value).map(([key, one]) => [key, { at: `${at}.${key}`, value: one }]));
}

/** The member that must be there. */
export function required(members: Members, key: string, { at }: Placed): Placed {
  const found = members.get(key);
  if (found !== undefined) return found;
  const there = members.size === 0 ? "It is empty." : `It has ${[...members.keys()].join(", ")}.`;
  throw new ConfigError(
    `${at}: "${key}" is missing. ${there}\nAdd "${key}": see "defineResource" in the README.`,
  );
}

export function textOf(placed: Placed): string {
  if (typeof placed.value === "string" && placed.value !== "") return placed.value;
  throw unexpected(placed, "a text that is not empty");
}

export function listOf(placed: Placed): readonly Placed[] {
  if (!Array.isArray(placed.value)) throw unexpected(placed, "a list");
  return placed.value.map((value: unknown, i) => ({ at: `${placed.at}[${String(i)}]`, value }));
}

export function oneOf<Known extends string>(placed: Placed, known: readonly Known[]): Known {
  const found = known.find((one) => one === placed.value);
  if (found !== undefined) return found;
  const guess = typeof placed.value === "string" ? didYouMean(placed.value, known) : "";
  throw new ConfigError(
    `${placed.at}: unknown value ${shown(placed.value)}.${guess}\nExpected one of ${known.join(", ")}.`,
  );
}

export function unexpected({ at, value }: Placed, expected: string): ConfigError {
  return new ConfigError(`${at} must be ${expected}, but it is ${shown(value)}.`);
}

/** As it would be written down, for messages. */
export const shown = (value: unknown): string =>
  typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
