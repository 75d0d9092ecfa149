/** One resource that could not be released. */
export interface CleanupFailure {
  /** What the resource was: `process`, `stream`, `server`, `tempDir`, ... */
  readonly kind: string;
  /** What its release threw. */
  readonly error: unknown;
  /** Where it was acquired, when leak detection notes that. */
  readonly site?: string;
}

const describe = ({ kind, error, site }: CleanupFailure): string =>
  `${kind}${site === undefined ? "" : ` from ${site}`}: ${error instanceof Error ? error.message : String(error)}`;

/** All that went wrong while one context was released: one flat list, in the order of release. */
export class CleanupError extends AggregateError {
  override readonly name = "CleanupError";
  readonly code = "ERR_CLEANUP";
  readonly failures: readonly CleanupFailure[];
  readonly #body: Thrown | undefined;

  /** `body` is what the code threw that used the resources, before they were released. */
  constructor(failures: readonly CleanupFailure[], body?: Thrown) {
    super(
      failures.map((failure) => failure.error),
      `${failures.length} of the held resources could not be released (${failures.map(describe).join("; ")})`,
    );
    this.failures = failures;
    this.#body = body;
  }

  /** What went wrong first: the error of the body if there was one, or else of the first release that failed. */
  get primary(): unknown {
    return this.#body === undefined ? this.errors[0] : this.#body.error;
  }

  /**
   * The same errors as `using` would throw them: each `SuppressedError` holds a later error in `error` and the ones
   * before it in `suppressed`.
   */
  toSuppressedError(): unknown {
    const all = this.#body === undefined ? this.errors : [this.#body.error, ...this.errors];
    return all.reduce((suppressed: unknown, error: unknown) => suppressing(error, suppressed));
  }

  /** The kinds of the resources that failed, in the order of {@link CleanupError.errors}. */
  get kinds(): readonly string[] {
    return this.failures.map((failure) => failure.kind);
  }
}

/** Something that was thrown, whatever it is. */
export interface Thrown {
  readonly error: unknown;
}

/** A `SuppressedError`, which Node has since version 24. */
function suppressing(error: unknown, suppressed: unknown): unknown {
  const message = "An error was suppressed during disposal.";
  const Native: unknown = Reflect.get(globalThis, "SuppressedError");
  if (typeof Native === "function") return Reflect.construct(Native, [error, suppressed, message]);
  return Object.assign(new Error(message), { name: "SuppressedError", error, suppressed });
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

/** What one argument was, and what it should have been. */
export interface InvalidArgument {
  /** The parameter or option: `timeout`, `options.retries`. */
  readonly name: string;
  readonly came: unknown;
  /** What is accepted, as it reads after "must be". */
  readonly expected: string;
  /** What to do about it, as a sentence of its own. */
  readonly hint?: string;
}

/** An argument or option of the wrong type or outside of its range. The text never holds a string that was given. */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";
  readonly code = "ERR_INVALID_ARGUMENT";

  constructor({ name, came, expected, hint }: InvalidArgument) {
    super(`"${name}" must be ${expected}, but ${kindOf(came)} came.${hint === undefined ? "" : ` ${hint}`}`);
  }
}

/** Numbers and booleans are shown; text is not, for it may be a secret. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return `${typeof value} ${value}`;
  if (typeof value === "string") return value === "" ? "an empty string" : "a string";
  if (typeof value !== "object") return `a ${typeof value}`;
  return Array.isArray(value) ? "an array" : "an object";
}

/** An option that does not exist, which would otherwise be ignored without a word. */
export class UnknownOptionError extends TypeError {
  override readonly name = "UnknownOptionError";
  readonly code = "ERR_UNKNOWN_OPTION";

  constructor(option: string, known: readonly string[], nearest?: string) {
    const suggestion = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    super(`Unknown option "${option}".${suggestion} Known: ${known.join(", ")}.`);
  }
}

/** A handle that another context holds already; it stays with its first owner. */
export class AlreadyHeldError extends Error {
  override readonly name = "AlreadyHeldError";
  readonly code = "ERR_ALREADY_HELD";

  constructor(kind: string) {
    super(
      `This ${kind} is held by another context, which will release it. Take it over with first.disown(handle).`,
    );
  }
}

/** As many resources of one kind are open as the limit allows, and the limit refuses instead of waiting. */
export class LimitExceededError extends Error {
  override readonly name = "LimitExceededError";
  readonly code = "ERR_LIMIT_EXCEEDED";

  constructor(kind: string, max: number) {
    super(
      `${max} resources of kind "${kind}" are open, which is the limit. Release one, or raise the limit.`,
    );
  }
}

/** A package that this feature needs, and that is not installed. */
export class MissingPeerError extends Error {
  override readonly name = "MissingPeerError";
  readonly code = "ERR_MISSING_PEER";
  readonly peer: string;

  constructor(peer: string, options: { readonly cause: unknown }) {
    super(
      `This needs the package "${peer}", which is not installed. Install it: npm install ${peer}`,
      options,
    );
    this.peer = peer;
  }
}

/** A resource was used before it was initialised, or after it was closed. */
export class ResourceStateError extends Error {
  override readonly name = "ResourceStateError";
  readonly code = "ERR_RESOURCE_STATE";
  readonly state: string;

  constructor(kind: string, state: string, doing: string) {
    super(`Cannot ${doing}: this ${kind} is ${state}.`);
    this.state = state;
  }
}
