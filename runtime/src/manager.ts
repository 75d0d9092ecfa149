import "./symbols.js";
import { whenDescriptorsAllow } from "./atomic-write/retry.js";
import { arrive, Census, leave, ownLimit, refuseIfFull, reserve, type Tally } from "./census.js";
import { ResourceContext } from "./context.js";
import type { Policy } from "./entry.js";
import { type CleanupError, InvalidArgumentError } from "./errors.js";
import { type Keep, keepOf, type PolicyOf } from "./keep.js";
import type { ContextOptions, DisposeOptions } from "./options.js";
import { adoptedPolicy } from "./policies/disposable.js";
import { policyForAny } from "./policies/handles.js";
import { expectLimits, expectLogger, type KindLimit, log, type Logger } from "./settings.js";
import { expectFunction, expectRecord, expectString } from "./validate.js";

/** How a manager works. */
export interface ManagerOptions extends ContextOptions {
  /** The most resources of each kind that it holds at a time. Those of `configure` hold as well. Default: no limits. */
  readonly limits?: Readonly<Record<string, KindLimit>>;
  /** Where to report. Default: that of `configure`. */
  readonly logger?: Logger;
}

/** What a manager holds and has held. */
export interface ManagerMetrics {
  readonly held: number;
  /** What is held, by kind. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly acquired: number;
  /** Released, ended by itself, or handed back. */
  readonly released: number;
  /** Could not be released. */
  readonly failed: number;
  /** Acquisitions that wait for room. */
  readonly waiting: number;
}

/**
 * A registry of resources for a part of a program: registers, limits, counts, reports, and releases all of it, last in
 * first out. Every manager belongs to the process: {@link cleanupAllGlobalResources} and the end of the process release
 * what it still holds.
 */
export class ResourceManager implements AsyncDisposable, Disposable {
  /** What the manager holds; resources that it is given directly have no limits of the manager, and are not counted. */
  readonly context: ResourceContext;
  readonly #keep: Keep;
  readonly #limits: Readonly<Record<string, KindLimit>>;
  readonly #logger: Logger | undefined;
  readonly #census = new Census();
  #acquired = 0;
  #released = 0;

  /** Throws `InvalidArgumentError` or `UnknownOptionError`. */
  constructor(given: ManagerOptions = {}) {
    const { limits, logger, ...options } = expectRecord("options", given);
    this.#limits = limits === undefined ? {} : expectLimits(limits);
    this.#logger = logger === undefined ? undefined : expectLogger(logger);
    this.context = contextOfProcess({ name: "manager", ...options });
    this.#keep = keepOf(this.context);
  }

  /** What it holds and has held, now. */
  get metrics(): ManagerMetrics {
    const byKind = this.#census.counts();
    const held = this.#acquired - this.#released;
    const failed = this.context.cleanupError?.failures.length ?? 0;
    const { waiting } = this.#census;
    return { held, byKind, acquired: this.#acquired, released: this.#released, failed, waiting };
  }

  /** Whether disposal has begun. */
  get disposed(): boolean {
    return this.context.disposed;
  }

  /** What the last disposal could not release. */
  get cleanupError(): CleanupError | undefined {
    return this.context.cleanupError;
  }

  /**
   * Registers a handle of Node, a `ManagedResource`, anything with a dispose symbol, or any value with the function that
   * releases it, and gives it back. One that is refused (`ContextClosedError`, `LimitExceededError`) is released at once.
   */
  register<T>(resource: T, release?: (resource: T) => unknown): T {
    const policyOf = policyFor(resource, release);
    return this.#keep.holdOnce(resource, (forget) => {
      const policy = policyOf(forget);
      return policy && this.#enter(resource, policy);
    });
  }

  /** Lets go of a resource without releasing it, and gives it back. */
  unregister<T>(resource: T): T {
    return this.context.disown(resource);
  }

  /**
   * Opens a resource as soon as there is room for it, and registers it. `open` gets a signal that is aborted when the
   * manager is disposed; it is called again while the process is out of file descriptors, for at most 10 s.
   */
  acquire<T>(
    kind: string,
    open: (signal: AbortSignal) => T | PromiseLike<T>,
    release?: (resource: T) => unknown,
  ): Promise<T> {
    expectString("kind", kind);
    expectFunction("open", open);
    const tally = this.#census.of(kind);
    return this.#keep.acquire(kind, (signal) => this.#open(tally, () => open(signal), signal), {
      signal: this.context.signal,
      hold: (value) => this.#holdOpened(tally, value, release),
    });
  }

  /** Releases everything; see `ResourceContext.disposeAsync`. */
  async disposeAsync(options: DisposeOptions = {}): Promise<void> {
    await this.context.disposeAsync(options);
    const fields = { manager: this.context.name, ...this.metrics };
    this.#log("info", fields, `${this.context.name}: everything is released`);
  }

  /** The same without waiting. */
  dispose(): void {
    this.context.dispose();
  }

  /** The same as {@link disposeAsync}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  async #open<T>(tally: Tally, open: () => T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
    await reserve(tally, ownLimit(this.#limits, tally.kind), signal);
    try {
      return await whenDescriptorsAllow(async () => open());
    } catch (thrown) {
      leave(tally);
      throw thrown;
    }
  }

  #holdOpened<T>(tally: Tally, value: T, release: ((resource: T) => unknown) | undefined): T {
    const policyOf = policyFor(value, release);
    let isTaken = false;
    const held = this.#keep.hold(value, (forget) => {
      const policy = policyOf(forget);
      isTaken = policy !== undefined;
      return policy && this.#counted(policy, tally);
    });
    if (!isTaken) leave(tally);
    return held;
  }

  /** Counts a newcomer that is there already; where the limit refuses, it is released. */
  #enter(value: unknown, policy: Policy): Policy {
    const tally = this.#census.of(policy.kind);
    const limit = ownLimit(this.#limits, policy.kind);
    try {
      if (limit?.whenFull === "refuse") refuseIfFull(tally, limit);
    } catch (thrown) {
      this.#keep.turnAway(value, policy, thrown);
    }
    arrive(tally);
    return this.#counted(policy, tally);
  }

  #counted(policy: Policy, tally: Tally): Policy {
    this.#acquired += 1;
    const { name } = this.context;
    const { kind } = policy;
    this.#log("debug", { manager: name, kind }, `${name}: ${kind} is held`);
    const letGo = (): void => {
      policy.letGo?.();
      this.#released += 1;
      leave(tally);
      this.#log("debug", { manager: name, kind }, `${name}: ${kind} is released`);
    };
    return { ...policy, letGo };
  }

  #log(level: keyof Logger, fields: object, text: string): void {
    if (this.#logger === undefined) log(level, fields, text);
    else this.#logger[level](fields, text);
  }
}

/** Releases what the whole process holds: every manager, and everything of the root. What fails is printed. */
export function cleanupAllGlobalResources(): Promise<void> {
  return ResourceContext.root.disposeAsync();
}

function policyFor<T>(resource: T, release: ((resource: T) => unknown) | undefined): PolicyOf {
  if (release !== undefined) {
    expectFunction("release", release);
    return () => adoptedPolicy(resource, release);
  }
  const policyOf = policyForAny(resource);
  if (policyOf !== undefined) return (forget) => policyOf(resource, forget);
  throw new InvalidArgumentError({
    name: "resource",
    came: resource,
    expected: "a handle of Node or a value with Symbol.asyncDispose or Symbol.dispose",
    hint: "For anything else, say how it is released: register(resource, release).",
  });
}

/** The root may belong to another copy of this package, whose insides are not ours. */
function contextOfProcess(options: ContextOptions): ResourceContext {
  const child = ResourceContext.root.child(options);
  return child instanceof ResourceContext ? child : ResourceContext.root.use(new ResourceContext(options));
}
