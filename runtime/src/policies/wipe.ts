import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";

const CHUNK = 64 * 1024;
const zeros = Buffer.alloc(CHUNK);
/** Never through a link: what it points to is not ours. */
const FLAGS = fs.constants.O_WRONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/**
 * Overwrites a file, or all files in a folder, with zeros and sends them to the disk. What has other names, is no regular
 * file or is gone is left alone. A file system that keeps old blocks (copy on write, journals, wear levelling) may still
 * have them.
 */
export function wipeSync(place: string): void {
  for (const file of filesIn(place)) wipeFileSync(file);
}

function filesIn(place: string): readonly string[] {
  const entry = fs.lstatSync(place, { throwIfNoEntry: false });
  if (entry === undefined || entry.isFile()) return [place];
  if (!entry.isDirectory()) return [];
  return fs.readdirSync(place).flatMap((name) => filesIn(path.join(place, name)));
}

function wipeFileSync(file: string): void {
  const descriptor = openOwn(file);
  if (descriptor === undefined) return;
  try {
    const { size, nlink } = fs.fstatSync(descriptor);
    if (nlink > 1) return;
    for (let at = 0; at < size; at += CHUNK)
      fs.writeSync(descriptor, zeros, 0, Math.min(CHUNK, size - at), at);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function openOwn(file: string): number | undefined {
  try {
    // A read-only file of ours is as secret as any other.
    if (fs.lstatSync(file).isFile()) fs.chmodSync(file, 0o600);
    else return undefined;
    return fs.openSync(file, FLAGS);
  } catch (thrown) {
    if (["ENOENT", "ELOOP"].includes(codeOf(thrown) ?? "")) return undefined;
    throw thrown;
  }
}
