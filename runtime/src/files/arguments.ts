import { fileURLToPath } from "node:url";
import { InvalidArgumentError, type InvalidArgument } from "../errors.js";
import { expectDuration } from "../validate.js";

// As in validate.ts: each gives back what it was given, with its type, or throws what to do about it.

/** A path, as text: a string or a `file:` URL. */
export function expectPath(name: string, value: unknown): string {
  const text = value instanceof URL && value.protocol === "file:" ? fileURLToPath(value) : value;
  if (typeof text === "string" && text !== "" && !text.includes("\0")) return text;
  return refuse({
    name,
    came: value,
    expected: "a path (a string without NUL that is not empty, or a file: URL)",
  });
}

/** Milliseconds, or `Infinity` for no end. */
export function expectTimeout(name: string, value: unknown): number {
  return value === Infinity ? value : expectDuration(name, value);
}

export function expectSignal(name: string, value: unknown): AbortSignal {
  return value instanceof AbortSignal ? value : refuse({ name, came: value, expected: "an AbortSignal" });
}

export function expectObject(name: string, value: unknown): object {
  if (typeof value === "object" && value !== null) return value;
  return refuse({ name, came: value, expected: "an object" });
}

export function refuse(argument: InvalidArgument): never {
  throw new InvalidArgumentError(argument);
}
