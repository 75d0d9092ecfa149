import * as fs from "node:fs";
import * as path from "node:path";
import { once } from "./calls.js";
import { codeOf } from "./errors.js";
import { tempName } from "./name.js";
import { whenDescriptorsAllow, whenDescriptorsAllowSync } from "./retry.js";
import { creating, removeQuietly, shared } from "./shared.js";
import type { ReplaceTarget } from "./target.js";

/** An open file next to the target that will take its place. */
export interface Temp {
  readonly path: string;
  readonly fd: number;
}

const MOST_COLLISIONS = 20;

/** Creates the temp; O_EXCL, so a link planted under its name is never followed. */
export async function openTemp(target: ReplaceTarget, mode: fs.Mode): Promise<Temp> {
  for (let collisions = 0; ; collisions++) {
    const place = besides(target);
    try {
      shared().pending.add(place);
      const open = () => once<number>((done) => fs.open(place, flags(), tempMode(target, mode), done));
      return { path: place, fd: await whenDescriptorsAllow(() => creating(place, open)) };
    } catch (error) {
      shared().pending.delete(place);
      if (codeOf(error) !== "EEXIST" || collisions > MOST_COLLISIONS) throw error;
    }
  }
}

/** @see openTemp */
export function openTempSync(target: ReplaceTarget, mode: fs.Mode): Temp {
  for (let collisions = 0; ; collisions++) {
    const place = besides(target);
    try {
      shared().pending.add(place);
      const open = () => fs.openSync(place, flags(), tempMode(target, mode));
      return { path: place, fd: whenDescriptorsAllowSync(open) };
    } catch (error) {
      shared().pending.delete(place);
      if (codeOf(error) !== "EEXIST" || collisions > MOST_COLLISIONS) throw error;
    }
  }
}

/** Removes a temp that did not become the target. */
export async function discard(temp: string): Promise<void> {
  if (!shared().pending.has(temp)) return;
  await new Promise<void>((resolve) => fs.unlink(temp, () => resolve()));
  shared().pending.delete(temp);
}

/** @see discard */
export function discardSync(temp: string): void {
  if (!shared().pending.has(temp)) return;
  removeQuietly(temp);
  shared().pending.delete(temp);
}

/** Joined by hand: `path.join` would shorten `link/../x` to another file. */
function besides(target: ReplaceTarget): string {
  return target.directory + path.sep + tempName(path.basename(target.path));
}

function flags(): number {
  const { O_CREAT, O_EXCL, O_WRONLY } = fs.constants;
  return O_CREAT | O_EXCL | O_WRONLY;
}

/** Never wider than the file it replaces, not even before the group is the right one. */
function tempMode({ old }: ReplaceTarget, mode: fs.Mode): fs.Mode {
  if (!old) return mode;
  const isOurs = old.uid === process.geteuid?.() && old.gid === process.getegid?.();
  return old.mode & (isOurs ? 0o777 : 0o700);
}
