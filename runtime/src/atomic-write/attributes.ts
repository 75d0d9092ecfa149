import * as fs from "node:fs";
import { run } from "./calls.js";

/** What must change on a finished temp to make it look like the file it replaces. */
export interface Changes {
  readonly owner: Owner | undefined;
  readonly mode: number | undefined;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Extended attributes and ACLs are not among them: Node has no call for those. */
export function changesFor(temp: fs.Stats, old: fs.Stats | undefined): Changes {
  if (!old) return { owner: undefined, mode: undefined };
  const sameOwner = temp.uid === old.uid && temp.gid === old.gid;
  const mode = old.mode & keptBits();
  return {
    owner: sameOwner ? undefined : { uid: old.uid, gid: old.gid },
    // Giving a file away clears its setuid bits, so the mode has to be set after that.
    mode: sameOwner && (temp.mode & 0o7777) === mode ? undefined : mode,
  };
}

/** Applies changes to an open file, or to a closed one by its path. */
export async function change(file: number | string, changes: Changes): Promise<void> {
  const { owner, mode } = changes;
  if (owner && !(await tryChown(file, owner))) return change(file, withoutOwner(changes));
  if (mode === undefined) return;
  await run((done) => (typeof file === "number" ? fs.fchmod(file, mode, done) : fs.chmod(file, mode, done)));
}

/** @see change */
export function changeSync(fd: number, changes: Changes): void {
  const { owner, mode } = changes;
  if (owner && !tryChownSync(fd, owner)) return changeSync(fd, withoutOwner(changes));
  if (mode !== undefined) fs.fchmodSync(fd, mode);
}

/** Without the owner it was set for, a setuid bit would hand out somebody else's rights. */
function withoutOwner(changes: Changes): Changes {
  return { owner: undefined, mode: changes.mode === undefined ? undefined : changes.mode & 0o1777 };
}

async function tryChown(file: number | string, { uid, gid }: Owner): Promise<boolean> {
  try {
    await run((done) =>
      typeof file === "number" ? fs.fchown(file, uid, gid, done) : fs.chown(file, uid, gid, done),
    );
    return true;
  } catch (error) {
    if (!mayFailToChown()) throw error;
    return false;
  }
}

function tryChownSync(fd: number, { uid, gid }: Owner): boolean {
  try {
    fs.fchownSync(fd, uid, gid);
    return true;
  } catch (error) {
    if (!mayFailToChown()) throw error;
    return false;
  }
}

/** Only root may hand files over; everybody else keeps the new file as their own. */
function mayFailToChown(): boolean {
  return process.geteuid?.() !== 0;
}

/** The kernel clears setuid and setgid when anybody but root writes to a file. */
function keptBits(): number {
  return mayFailToChown() ? 0o1777 : 0o7777;
}
