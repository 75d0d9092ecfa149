import type * as fs from "node:fs";

/** What must change on a finished temp to make it look like the file it replaces. */
export interface Changes {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly mode: number | undefined;
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

/** Without the owner it was set for, a setuid bit would hand out somebody else's rights. */
export function withoutOwner(changes: Changes): Changes {
  return { owner: undefined, mode: changes.mode === undefined ? undefined : changes.mode & 0o1777 };
}

/** Only root may hand files over; everybody else keeps the new file as their own. */
export function mayFailToChown(): boolean {
  return process.geteuid?.() !== 0;
}

/** The kernel clears setuid and setgid when anybody but root writes to a file. */
function keptBits(): number {
  return mayFailToChown() ? 0o1777 : 0o7777;
}
