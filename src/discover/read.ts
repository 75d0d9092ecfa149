import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import { codeOf, readSource } from "../disk.js";
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

const nothingThere = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EISDIR", "EMLINK"]);

/** A file as one character per byte: enough to search for words, and nothing is decoded. */
export function readText(root: string, file: string): Reading {
  try {
    const bytes = readSource(join(root, file));
    return { status: "read", text: searchable(bytes), utf8: isUtf8(bytes) };
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
