/** Who holds a lock, as far as it can be told. */
export interface LockHolder {
  readonly pid: number;
  /** The name of its machine or container, in which the pid means something. A holder that is stopped cannot tell. */
  readonly host?: string;
}

/** A lock could not be had in time. */
export class LockTimeoutError extends Error {
  override readonly name = "LockTimeoutError";
  readonly code = "ERR_LOCK_TIMEOUT";
  readonly path: string;
  readonly holder: LockHolder | undefined;

  constructor(path: string, timeout: number, holder?: LockHolder) {
    super(`"${path}" could not be locked within ${Math.round(timeout)} ms: ${describe(holder)}.`);
    this.path = path;
    this.holder = holder && { pid: holder.pid, ...(holder.host !== undefined && { host: holder.host }) };
  }

  /** The pid of the holder. */
  get pid(): number | undefined {
    return this.holder?.pid;
  }
}

function describe(holder: LockHolder | undefined): string {
  if (holder === undefined) return "another process holds it and does not say which it is";
  if (holder.pid === process.pid) return `this process itself (pid ${holder.pid}) holds it`;
  return `process ${holder.pid} holds it${holder.host === undefined ? " and does not answer" : ` on ${holder.host}`}`;
}

/** A task asked again for a lock that it holds, and would have waited for itself. */
export class LockAlreadyHeldError extends Error {
  override readonly name = "LockAlreadyHeldError";
  readonly code = "ERR_LOCK_ALREADY_HELD";
  readonly path: string;

  constructor(path: string) {
    super(
      `"${path}" is locked by the same owner already, which would wait for itself for ever. ` +
        `Use the lock you have, or pass { reentrant: true }.`,
    );
    this.path = path;
  }
}

/** The lock file was removed or replaced while the lock was held, so that others may hold the lock as well. */
export class LockCompromisedError extends Error {
  override readonly name = "LockCompromisedError";
  readonly code = "ERR_LOCK_COMPROMISED";
  readonly path: string;

  constructor(path: string) {
    super(
      `The lock of "${path}" is lost: its lock file was removed or replaced. Stop writing and lock it again.`,
    );
    this.path = path;
  }
}

/** A path that leads out of the folder it must stay in. */
export class PathOutsideRootError extends Error {
  override readonly name = "PathOutsideRootError";
  readonly code = "ERR_PATH_OUTSIDE_ROOT";
  readonly path: string;
  readonly root: string;

  constructor(path: string, root: string) {
    super(
      `"${path}" leads out of "${root}", by "..", as an absolute path or through a link. Nothing was touched.`,
    );
    this.path = path;
    this.root = root;
  }
}
