import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { toError } from "../errors.js";

/** A file as one character per byte; `utf8` says whether its bytes can be decoded without loss. */
export interface Text {
  readonly status: "read";
  readonly text: string;
  readonly utf8: boolean;
}

/** `absent`: deleted but still tracked, a link, a folder: nothing to look at. */
export type Reading =
  Text | { readonly status: "absent" } | { readonly status: "failed"; readonly error: string };

// One buffer for all files: synchronous reads into it are the fastest way measured, and memory stays flat.
let shared = Buffer.allocUnsafeSlow(256 * 1024);
// A link is not followed (its target is visited by itself), and a pipe in place of a file does not block.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const nothingThere = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EISDIR", "EMLINK"]);

/** A file as one character per byte: enough to search for words, and nothing is decoded. */
export function readText(root: string, file: string): Reading {
  try {
    const descriptor = openSync(join(root, file), flags);
    try {
      const bytes = readAll(descriptor);
      return { status: "read", text: searchable(bytes), utf8: isUtf8(bytes) };
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    return unread(file, toError(thrown));
  }
}

function unread(file: string, error: Error): Reading {
  // git passes names on byte by byte; one that is not UTF-8 cannot be opened by its decoded form.
  if (file.includes("\ufffd")) return { status: "failed", error: "The file name is not valid UTF-8." };
  return nothingThere.has(codeOf(error)) ? { status: "absent" } : { status: "failed", error: error.message };
}

/** In UTF-16 every second byte of plain words is zero. */
function searchable(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  return text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff") ? text.replaceAll("\0", "") : text;
}

function readAll(descriptor: number): Buffer {
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    length += count;
    // A short read of a regular file is its end.
    if (length < shared.length) return shared.subarray(0, length);
    shared = Buffer.concat([shared], Math.max(fstatSync(descriptor).size + 1, shared.length * 2));
  }
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
