import { fileURLToPath } from "node:url";
import { InvalidArgumentError, type InvalidArgument } from "../errors.js";
import { expectDuration, expectInteger } from "../validate.js";

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

/** Permission bits. */
export function expectMode(name: string, value: unknown): number {
  return expectInteger(name, value, { min: 0, max: 0o7777 });
}

export function expectEncoding(name: string, value: unknown): BufferEncoding {
  if (typeof value === "string" && Buffer.isEncoding(value)) return value;
  return refuse({ name, came: value, expected: "an encoding of Buffer, such as utf8" });
}

/** What can be written: text or bytes. */
export function expectPiece<T extends string | NodeJS.ArrayBufferView>(name: string, value: T): T {
  if (typeof value === "string" || ArrayBuffer.isView(value)) return value;
  return refuse({ name, came: value, expected: "a string, a Buffer or another view of bytes" });
}

export function refuse(argument: InvalidArgument): never {
  throw new InvalidArgumentError(argument);
}
