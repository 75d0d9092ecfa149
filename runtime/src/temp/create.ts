import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";
import { InvalidArgumentError } from "../errors.js";
import { builtin } from "../lazy.js";
import { expectBoolean, expectOptions, expectString } from "../validate.js";
import { note } from "./ledger.js";

/** What a temporary file or folder is called, and where it is. */
export interface TempOptions {
  /** The folder it is made in. Default: `os.tmpdir()`. */
  readonly dir?: string;
  /** What its name begins with. Default: nothing. */
  readonly prefix?: string;
  /** What its name ends with, for a file: `.json`. Default: nothing. */
  readonly suffix?: string;
  /** Overwrite the content before it is removed. Default: false. */
  readonly secret?: boolean;
}

/** Something that was made, and what to do when it is gone. */
export interface Made {
  readonly place: string;
  /** Strikes out the note of it. */
  forget(): void;
}

const ATTEMPTS = 10;

/** Makes an empty file that only this user can read. */
export function makeTempFile(options: TempOptions): Made {
  return make(options, (place) => fs.closeSync(fs.openSync(place, "wx", 0o600)));
}

/** Makes a folder that only this user can enter. */
export function makeTempDir(options: TempOptions): Made {
  return make(options, (place) => fs.mkdirSync(place, 0o700));
}

/** What `fs.mkdtemp` makes: `prefix` and six more characters. Undefined when it could not be made. */
export function makePrefixed(prefix: string): Made | undefined {
  try {
    return tryNames(
      () => prefix + randomLetters(6),
      (place) => fs.mkdirSync(place, 0o700),
    );
  } catch {
    return undefined;
  }
}

/** Checked options, with their defaults. */
export function tempOptions(given: TempOptions): Required<TempOptions> {
  const known = ["dir", "prefix", "suffix", "secret"] as const;
  const {
    dir = os.tmpdir(),
    prefix = "",
    suffix = "",
    secret = false,
  } = expectOptions("options", given, known);
  return {
    dir: expectString("dir", dir),
    prefix: expectNamePart("prefix", prefix),
    suffix: expectNamePart("suffix", suffix),
    secret: expectBoolean("secret", secret),
  };
}

function make(options: TempOptions, create: (place: string) => void): Made {
  const { dir, prefix, suffix } = tempOptions(options);
  const name = (): string => path.resolve(dir, prefix + randomBytes(8).toString("hex") + suffix);
  return tryNames(name, create);
}

/** The note comes first: whoever is killed in between leaves a note of nothing, and not a folder that nobody knows of. */
function tryNames(nextName: () => string, create: (place: string) => void): Made {
  for (let attempt = 1; ; attempt += 1) {
    const place = nextName();
    const forget = note(path.resolve(place), randomBytes(8).toString("hex"));
    try {
      create(place);
      return { place, forget };
    } catch (thrown) {
      forget();
      if (codeOf(thrown) !== "EEXIST" || attempt === ATTEMPTS) throw thrown;
    }
  }
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const randomLetters = (count: number): string =>
  Array.from({ length: count }, () => LETTERS[builtin("node:crypto").randomInt(LETTERS.length)]).join("");

const randomBytes = (count: number): Buffer => builtin("node:crypto").randomBytes(count);

/** A part of a file name cannot lead out of its folder. */
function expectNamePart(name: string, value: unknown): string {
  if (typeof value === "string" && !/[/\\\0]/.test(value)) return value;
  const expected = "a part of a file name, without / and \\";
  throw new InvalidArgumentError({ name, came: value, expected, hint: 'Set the folder with "dir".' });
}
