/** One resource that could not be released. */
export interface CleanupFailure {
  /** What the resource was: `process`, `stream`, `server`, `tempDir`, ... */
  readonly kind: string;
  /** What its release threw. */
  readonly error: unknown;
}

const describe = ({ kind, error }: CleanupFailure): string =>
  `${kind}: ${error instanceof Error ? error.message : String(error)}`;

/** All that went wrong while one context was released: one flat list, in the order of release. */
export class CleanupError extends AggregateError {
  override readonly name = "CleanupError";
  readonly code = "ERR_CLEANUP";
  readonly failures: readonly CleanupFailure[];

  constructor(failures: readonly CleanupFailure[]) {
    super(
      failures.map((failure) => failure.error),
      `${failures.length} of the held resources could not be released (${failures.map(describe).join("; ")})`,
    );
    this.failures = failures;
  }

  /** The kinds of the resources that failed, in the order of {@link CleanupError.errors}. */
  get kinds(): readonly string[] {
    return this.failures.map((failure) => failure.kind);
  }
}

/** A resource was handed to a context that had already been disposed. It was released at once. */
export class ContextClosedError extends Error {
  override readonly name = "ContextClosedError";
  readonly code = "ERR_CONTEXT_CLOSED";

  constructor(kind: string) {
    super(`The context is disposed and cannot hold one more resource (${kind}).`);
  }
}

/** A release did not end in time. The context went on without it. */
export class ReleaseTimeoutError extends Error {
  override readonly name = "ReleaseTimeoutError";
  readonly code = "ERR_RELEASE_TIMEOUT";

  constructor(kind: string, ms: number) {
    super(`Releasing ${kind} took longer than ${Math.round(ms)} ms; it was abandoned.`);
  }
}
