import { read } from "./duck.js";
import { type InvalidArgument, InvalidArgumentError, UnknownOptionError } from "./errors.js";

// Each function gives back what it was given, with its type, or throws what to do about it.

/** The longest time that Node's timers take; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A string that is not empty. */
export function expectString(name: string, value: unknown): string {
  return typeof value === "string" && value !== ""
    ? value
    : refuse({ name, came: value, expected: "a string that is not empty" });
}

/** Anything that can be called. */
export function expectFunction<F extends (...args: never[]) => unknown>(name: string, value: F): F {
  return typeof value === "function" ? value : refuse({ name, came: value, expected: "a function" });
}

export function expectBoolean(name: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse({ name, came: value, expected: "true or false" });
}

/** Milliseconds, 0 or more, that a timer of Node can wait. */
export function expectDuration(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= LONGEST_TIMER) return value;
  return refuse({ name, came: value, expected: `a number of milliseconds from 0 to ${LONGEST_TIMER}` });
}

/** A whole number within both bounds; without `max`, of any size. */
export function expectInteger(
  name: string,
  value: unknown,
  { min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number },
): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  return refuse({ name, came: value, expected: `a whole number ${range}` });
}

/** One of a few words. */
export function expectOneOf<const T extends string>(name: string, value: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  const expected = known.map((one) => `"${one}"`).join(" or ");
  return found ?? refuse({ name, came: value, expected });
}

/** An object with none but the known keys; `undefined` stands for no options. */
export function expectOptions<T extends object>(
  name: string,
  given: T | undefined,
  known: readonly (string & keyof T)[],
): Partial<T> {
  if (given === undefined) return {};
  for (const key of Object.keys(expectRecord(name, given)))
    if (!known.some((one) => one === key)) throw new UnknownOptionError(key, known, nearest(key, known));
  return given;
}

/** An object whose keys are the caller's own. */
export function expectRecord<T extends object>(name: string, value: T): T {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value;
  return refuse({ name, came: value, expected: "an object" });
}

/** An object with the methods that are named. */
export function expectMethods<T>(name: string, value: T, methods: readonly string[]): T {
  const missing = methods.filter((method) => typeof read(value, method) !== "function");
  if (missing.length === 0) return value;
  return refuse({ name, came: value, expected: `an object with ${methods.join("(), ")}()` });
}

function refuse(argument: InvalidArgument): never {
  throw new InvalidArgumentError(argument);
}

/** The known word that takes the fewest edits, if they are few. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((one) => ({ one, edits: distance(word.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(1, word.length / 3) ? best.one : undefined;
}

/** Levenshtein's: insertions, deletions and replacements. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[j + 1], row[j], next[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
