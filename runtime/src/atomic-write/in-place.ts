import * as fs from "node:fs";
import { flushFileSync } from "./durable.js";
import { placeOf } from "./native.js";
import type { Request } from "./request.js";

/** Of a larger file, the old content is not held in memory while it is overwritten. */
const LARGEST_BACKUP = 256 * 1024 * 1024;
/** Below the 2 GiB that one write call may take. */
const CHUNK = 512 * 1024 * 1024;

/**
 * Writes into the file itself: the inode stays, and so do its other names. An error leaves the old content.
 *
 * The part by which the file grows is written first, because that is where a full disk or a limit strikes. Then
 * the rest goes over blocks that are there already, with the old bytes at hand to go back to. It is synchronous,
 * so nothing in this process (an exit, an abort, another write) comes between. Readers can see it half way, and
 * so can whoever comes after kill -9, as with `fs.writeFile`.
 */
export function writeInPlace(request: Request, bytes: Uint8Array): void {
  const place = placeOf(request);
  const { mode, durability } = request.settings;
  const fd = fs.openSync(place, fs.constants.O_WRONLY | fs.constants.O_CREAT, mode);
  try {
    replaceContent({ fd, place }, bytes);
    if (durability !== "none") flushFileSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function replaceContent(
  { fd, place }: { readonly fd: number; readonly place: string },
  bytes: Uint8Array,
): void {
  const { size } = fs.fstatSync(fd);
  const old = contentOf(place, Math.min(size, bytes.byteLength));
  try {
    writeAt(fd, bytes.subarray(size), size);
    writeAt(fd, bytes.subarray(0, size), 0);
    fs.ftruncateSync(fd, bytes.byteLength);
  } catch (error) {
    restore(fd, old, size);
    throw error;
  }
}

function writeAt(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength;) {
    const size = Math.min(CHUNK, bytes.byteLength - done);
    done += fs.writeSync(fd, bytes, done, size, position + done);
  }
}

/** The part that is about to be overwritten, if it may be read and is not too much to hold. */
function contentOf(place: string, length: number): Uint8Array | undefined {
  if (length === 0 || length > LARGEST_BACKUP) return undefined;
  try {
    return readStart(place, length);
  } catch {
    return undefined; // write-only files exist, and `fs.writeFile` writes them
  }
}

function readStart(place: string, length: number): Uint8Array | undefined {
  const fd = fs.openSync(place, "r");
  try {
    const content = new Uint8Array(length);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < length; filled += read) {
      read = fs.readSync(fd, content, filled, length - filled, filled);
    }
    return filled === length ? content : undefined;
  } finally {
    fs.closeSync(fd);
  }
}

/** The caller is about to throw why we are here; a second failure must not take its place. */
function restore(fd: number, old: Uint8Array | undefined, size: number): void {
  try {
    if (old) writeAt(fd, old, 0);
    fs.ftruncateSync(fd, size);
  } catch {
    return;
  }
}
