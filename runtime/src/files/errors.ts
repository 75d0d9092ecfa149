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

/** What became of one operation of a batch. */
export interface BatchResult {
  readonly operation: "write" | "copy" | "move" | "delete" | "mkdir";
  readonly path: string;
  readonly status: "done" | "failed" | "undone" | "not begun";
}

/** An operation of a batch failed, and those before it were taken back; `cause` says why. */
export class BatchError extends Error {
  override readonly name = "BatchError";
  readonly code = "ERR_BATCH_FAILED";
  /** All operations, in their order. */
  readonly results: readonly BatchResult[];
  /** What could not be taken back; the next batch in the same root tries again. Empty when nothing has changed. */
  readonly failures: readonly unknown[];

  constructor(
    results: readonly BatchResult[],
    { cause, failures }: { readonly cause: unknown; readonly failures: readonly unknown[] },
  ) {
    const failed = results.find(({ status }) => status === "failed");
    const what = failed === undefined ? "" : ` at ${failed.operation} "${failed.path}"`;
    const rest =
      failures.length === 0 ? "nothing was changed" : `${failures.length} steps could not be taken back`;
    super(`The batch failed${what}, ${rest}: ${cause instanceof Error ? cause.message : "unknown"}`, {
      cause,
    });
    this.results = results;
    this.failures = failures;
  }
}

/** A file is larger than its reader allows. */
export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
  readonly code = "ERR_FILE_TOO_LARGE";
  readonly path: string;
  /** In bytes. */
  readonly limit: number;

  constructor(path: string, limit: number) {
    super(
      `"${path}" has more than the ${limit} bytes that are allowed. Read it as a stream, or raise maxSize.`,
    );
    this.path = path;
    this.limit = limit;
  }
}
