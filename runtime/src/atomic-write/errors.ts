import * as path from "node:path";
import { ownerOf } from "./name.js";

/** The storage refused the bytes. Writing in place would fail as well, and tear the old file. */
const STORAGE = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EIO", "ENOMEM"]);
const OUT_OF_DESCRIPTORS = new Set(["EMFILE", "ENFILE"]);

/** What Node throws when a signal aborts a write; its own class is not exported. */
class AbortError extends Error {
  readonly code = "ABORT_ERR";

  constructor(reason: unknown) {
    super("The operation was aborted", { cause: reason });
    this.name = "AbortError";
  }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

export function abortError(signal: AbortSignal): Error {
  return new AbortError(signal.reason);
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

export function isStorageError(error: unknown): boolean {
  return STORAGE.has(codeOf(error) ?? "");
}

export function isOutOfDescriptors(error: unknown): boolean {
  return OUT_OF_DESCRIPTORS.has(codeOf(error) ?? "");
}

/** The error the caller would have had from `fs`: about the file asked for, never about our temp. */
export function aboutTarget(error: unknown, asked: string): unknown {
  if (!(error instanceof Error) || !("path" in error) || typeof error.path !== "string") return error;
  if (!ownerOf(path.basename(error.path))) return error;
  error.message = error.message.replace(error.path, () => asked).replace(/ -> '.*'$/s, "");
  if ("dest" in error) delete error.dest;
  return Object.assign(error, { path: asked });
}

/** The kernel took fewer bytes than it was given and said nothing. */
export function shortWrite(expected: number, actual: number): Error {
  const error = new Error(`EIO: i/o error, write (${actual} of ${expected} bytes reached the disk)`);
  return Object.assign(error, { code: "EIO", syscall: "write" });
}
