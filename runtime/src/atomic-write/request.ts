import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type * as fs from "node:fs";

/** How much of a write must have reached the disk before the promise resolves. */
export type Durability = "none" | "file" | "full";

/** Bytes, or a source of them that can be read once. */
export type Payload = Uint8Array | Source;

/** An iterable, an async iterable or a stream. */
export type Source = Iterable<Piece> | AsyncIterable<Piece>;

export type Piece = string | NodeJS.ArrayBufferView;

/** A call whose arguments `fs` would accept, and that means "replace this whole file". */
export interface Request {
  /** Absolute, not normalised: `link/../x` is not `x` when `link` is a symlink. */
  readonly path: string;
  /** The path as the caller wrote it, as text, for error messages. */
  readonly asked: string;
  readonly cwd: string;
  readonly payload: Payload;
  readonly settings: Settings;
  readonly wishes: Wishes;
}

/** What `fs.writeFile` has no words for, and `AtomicFileWriter` has. */
export interface Wishes {
  /** Writes to one file are ordered by their ends: this one may have begun long before a whole other one. */
  readonly ordersByEnd: boolean;
  /** A file with several names is replaced under this one, and the others keep the old file. */
  readonly breaksLinks: boolean;
  /** Extended attributes and ACLs are kept too, which takes a helper process. */
  readonly copiesAttributes: boolean;
  /** The old file is kept under a new name. */
  readonly keepsBackup: boolean;
}

const NO_WISHES: Wishes = {
  ordersByEnd: false,
  breaksLinks: false,
  copiesAttributes: false,
  keepsBackup: false,
};

/** What became of a write. */
export interface Written {
  /** `superseded`: a later write to the same file was faster. */
  readonly how: "replaced" | "in place" | "superseded";
  /** Where the old file is. */
  readonly backup: string | undefined;
}

export interface Settings {
  readonly encoding: BufferEncoding;
  readonly mode: fs.Mode;
  readonly flush: boolean;
  readonly durability: Durability;
  readonly signal: AbortSignal | undefined;
}

/** What callers pass as options, before anything about it is believed. */
interface LooseOptions {
  readonly encoding?: unknown;
  readonly mode?: unknown;
  readonly flag?: unknown;
  readonly flush?: unknown;
  readonly signal?: unknown;
  readonly durability?: unknown;
}

/**
 * Understands the arguments `(path, data, options?)`, or answers `undefined`: then they are wrong or ask for
 * something else than replacing a file (a descriptor, another flag), and `fs` itself must do it or throw.
 */
export function understand([path, data, options]: readonly unknown[]): Request | undefined {
  const settings = readSettings(typeof options === "function" ? undefined : options);
  const where = locate(path);
  if (!where || !settings) return undefined;
  const payload = readPayload(data, settings.encoding);
  return payload && { ...where, payload, settings, wishes: NO_WISHES };
}

function locate(given: unknown): Pick<Request, "path" | "asked" | "cwd"> | undefined {
  const asked = pathText(given);
  if (!asked || asked.includes("\0") || endsInSeparator(asked)) return undefined;
  const cwd = currentDirectory();
  if (cwd === undefined) return undefined;
  return { path: path.isAbsolute(asked) ? asked : cwd + path.sep + asked, asked, cwd };
}

function pathText(given: unknown): string | undefined {
  if (typeof given === "string") return given;
  if (given instanceof Uint8Array) return utf8(given);
  if (typeof given !== "object" || given === null || !("href" in given)) return undefined;
  try {
    return fileURLToPath(String(given.href));
  } catch {
    return undefined; // not a file: URL; `fs` words that error
  }
}

/** A path that is not UTF-8 cannot be spelt as a string, so it is left to `fs`. */
function utf8(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

function endsInSeparator(text: string): boolean {
  return text.endsWith("/") || text.endsWith(path.sep);
}

function currentDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined; // the directory was removed under us
  }
}

function readSettings(given: unknown): Settings | undefined {
  if (typeof given === "string") return readSettings({ encoding: given });
  if (given !== undefined && typeof given !== "object") return undefined;
  const options: LooseOptions = given ?? {};
  const { encoding, mode, flag, flush, signal, durability } = options;
  if (flag && flag !== "w") return undefined;
  if (flush !== undefined && typeof flush !== "boolean") return undefined;
  if (!isOptionalSignal(signal) || !isOptionalMode(mode) || !isOptionalEncoding(encoding)) return undefined;
  return {
    encoding: encoding || "utf8",
    mode: mode ?? 0o666,
    flush: flush ?? false,
    durability: durabilityOf(durability, flush),
    signal,
  };
}

/** The word is ours, so `fs` would not complain about a wrong one. */
function durabilityOf(asked: unknown, flush: boolean | undefined): Durability {
  switch (asked) {
    case undefined:
    case "file":
      return "file";
    case "full":
      return "full";
    case "none":
      return flush ? "file" : "none";
    default: {
      const problem = `The property 'options.durability' must be one of: 'none', 'file', 'full'. Received ${String(asked)}`;
      throw Object.assign(new TypeError(problem), { code: "ERR_INVALID_ARG_VALUE" });
    }
  }
}

function isOptionalSignal(value: unknown): value is AbortSignal | undefined {
  return value === undefined || (typeof value === "object" && value !== null && "aborted" in value);
}

function isOptionalMode(value: unknown): value is fs.Mode | null | undefined {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return /^[0-7]{1,4}$/.test(value);
  // `mode: stats.mode` has the type of the file in it, which open(2) does not look at.
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}

function isOptionalEncoding(value: unknown): value is BufferEncoding | "" | null | undefined {
  return !value || (typeof value === "string" && Buffer.isEncoding(value));
}

function readPayload(data: unknown, encoding: BufferEncoding): Payload | undefined {
  if (typeof data === "string") return Buffer.from(data, encoding);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return isSource(data) ? data : undefined;
}

function isSource(data: unknown): data is Source {
  if (typeof data !== "object" || data === null) return false;
  return Symbol.asyncIterator in data || Symbol.iterator in data;
}
