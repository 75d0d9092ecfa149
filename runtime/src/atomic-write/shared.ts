import * as fs from "node:fs";

/** What a write to one file must know about the other writes to it in this process. */
export interface Lane {
  /** Asynchronous writes that still have this lane open. */
  users: number;
  /** Call number of the newest payload that reached the file. */
  committed: number;
  /** The temp that is being renamed over the file right now. */
  renaming: string | undefined;
  /** Commits take turns: each starts when the one before it has ended. */
  tail: Promise<void>;
}

/** One per process, also when the ESM and the CommonJS build are both loaded. */
export interface Shared {
  /** Absolute paths of temps that exist now. Whoever ends the process may unlink them. */
  readonly pending: Set<string>;
  /** Those of them that another thread is about to create. */
  readonly creating: Set<string>;
  readonly lanes: Map<string, Lane>;
  /** Calls whose real target is not known yet, oldest first. */
  readonly resolving: Set<number>;
  /** Lanes without users, kept for calls in `resolving` that may still turn out to be theirs. */
  readonly idle: Set<string>;
  /** Directories looked through for temps of dead writers. */
  readonly swept: Set<string>;
  calls: number;
}

const KEY: unique symbol = Symbol.for("resource-context/atomic-write/1");

/** How long the end of the process waits for temps that are about to be created, in milliseconds. */
const CREATION_PATIENCE = 200;

/** The state of this process; the first call makes it and installs the exit hook. */
export function shared(): Shared {
  return (registry()[KEY] ??= create());
}

/** `globalThis` has no index for symbols; another copy of this module is the only one to use this key. */
function registry(): { [KEY]?: Shared } {
  return globalThis as { [KEY]?: Shared };
}

function create(): Shared {
  const made: Shared = {
    pending: new Set(),
    creating: new Set(),
    lanes: new Map(),
    resolving: new Set(),
    idle: new Set(),
    swept: new Set(),
    calls: 0,
  };
  process.on("exit", removeUnfinished);
  return made;
}

/** Runs what makes a temp in another thread; the temp is in `pending` already. */
export async function creating<T>(temp: string, make: () => Promise<T>): Promise<T> {
  shared().creating.add(temp);
  try {
    return await make();
  } finally {
    shared().creating.delete(temp);
  }
}

/** Removes the temps of writes that are under way, because the process ends now. */
export function removeUnfinished(): void {
  const { pending, creating: soon } = registry()[KEY] ?? { pending: [], creating: new Set() };
  const deadline = performance.now() + CREATION_PATIENCE;
  for (const temp of pending) {
    // The thread that creates it does not stop when this one does: an unlink that comes too early removes nothing.
    while (!removeQuietly(temp) && soon.has(temp) && performance.now() < deadline) pause();
  }
}

const pause = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);

/** Unlinks a temp, and says whether it did. A temp that is gone was renamed into place, which is just as well. */
export function removeQuietly(temp: string): boolean {
  try {
    fs.unlinkSync(temp);
    return true;
  } catch {
    // Nobody is left to tell: the caller is reporting a failure of its own, or the process is ending.
    return false;
  }
}
