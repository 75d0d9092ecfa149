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

/** The state of this process; the first call makes it and installs the exit hook. */
export function shared(): Shared {
  // `globalThis` has no index for symbols; another copy of this module is the only one to use this key.
  const registry = globalThis as { [KEY]?: Shared };
  return (registry[KEY] ??= create());
}

function create(): Shared {
  const made: Shared = {
    pending: new Set(),
    lanes: new Map(),
    resolving: new Set(),
    idle: new Set(),
    swept: new Set(),
    calls: 0,
  };
  process.on("exit", () => made.pending.forEach(removeQuietly));
  return made;
}

/** Unlinks a temp. A temp that is gone already was renamed into place, which is just as well. */
export function removeQuietly(temp: string): void {
  try {
    fs.unlinkSync(temp);
  } catch {
    // Nobody is left to tell: the caller is reporting a failure of its own, or the process is ending.
  }
}
