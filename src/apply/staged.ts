import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Change } from "./commit.js";

/** A change whose new text already lies on the disk, next to the file. */
export interface Staged {
  readonly change: Change;
  readonly fresh: string;
  /** Where the old file is kept until all is done. */
  readonly backup: string;
  /** `rename` keeps the old inode as the backup; `copy` is for files that share theirs, or whose owner we cannot set. */
  readonly by: "rename" | "copy";
  state: "staged" | "kept" | "lost";
}

export function stage(change: Change, mark: string): Staged {
  const [fresh, backup] = besides(change.path, mark);
  try {
    const by = writeBeside(fresh, change, statSync(change.path));
    return { change, fresh, backup, by, state: "staged" };
  } catch (thrown) {
    rmSync(fresh, { force: true });
    throw thrown;
  }
}

/** The two files that lie beside one while it is written: known by the name of the run, so that they can be found again. */
export function besides(path: string, mark: string): readonly [string, string] {
  const name = join(dirname(path), `.${basename(path).slice(0, 100)}.${mark}`);
  return [`${name}.new`, `${name}.old`];
}

function writeBeside(fresh: string, change: Change, old: Stats): Staged["by"] {
  const descriptor = openSync(fresh, "wx", old.mode & 0o777);
  try {
    writeFileSync(descriptor, change.after);
    // The mode given to open is narrowed by the umask; a change of owner clears bits.
    const sameOwner = own(descriptor, old);
    fchmodSync(descriptor, old.mode & 0o7777);
    fsyncSync(descriptor);
    return sameOwner && old.nlink === 1 ? "rename" : "copy";
  } finally {
    closeSync(descriptor);
  }
}

function own(descriptor: number, old: Stats): boolean {
  try {
    fchownSync(descriptor, old.uid, old.gid);
    return true;
  } catch {
    return false;
  }
}

/** Puts the new text in the place of the old; from here on the backup counts. */
export function put(staged: Staged): void {
  const { change, fresh, backup, by } = staged;
  if (by === "copy") copyFileSync(change.path, backup);
  else linkOrCopy(change.path, backup);
  staged.state = "kept";
  if (by === "copy") copyFileSync(fresh, change.path);
  else renameSync(fresh, change.path);
}

/** Not every file system has hard links. */
function linkOrCopy(path: string, backup: string): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

/** Puts the old file back, byte for byte; with `rename` it is the very same one. */
export function putBack({ change, backup, by, state }: Staged): void {
  if (state !== "kept") return;
  if (by === "copy") copyFileSync(backup, change.path);
  else renameSync(backup, change.path);
}

/** Removes what lies beside the file. The backup of a file that could not be put back stays. */
export function discard({ fresh, backup, state }: Staged): void {
  rmSync(fresh, { force: true });
  if (state !== "lost") rmSync(backup, { force: true });
}
