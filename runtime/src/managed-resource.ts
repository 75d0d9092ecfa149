import "./symbols.js";
import { isThenable } from "./duck.js";
import { ResourceStateError } from "./errors.js";
import { report } from "./report.js";

/** How a resource is. `failed` wants a restart or a reconnect, `degraded` wants attention. */
export interface Health {
  readonly status: "ok" | "degraded" | "failed";
  /** One sentence for people. */
  readonly detail?: string;
}

/** Where a resource is in its life; one that failed to open can be initialised again. */
export type ResourceState = "new" | "opening" | "open" | "closing" | "closed" | "failed";

/**
 * A resource with a life of its own: it is opened by {@link ManagedResource.initialize}, and closed once, however many
 * ask for it. Hand it to a context with `ctx.use(resource)`, or declare it with `await using`.
 */
export abstract class ManagedResource<T = unknown> implements AsyncDisposable, Disposable {
  /** What this is, for reports: `lock`, `pool`, `subprocess`. */
  abstract readonly kind: string;
  #state: ResourceState = "new";
  #held: { readonly value: T } | undefined;
  #opening: Promise<T> | undefined;
  #closing: Promise<void> | undefined;

  get state(): ResourceState {
    return this.#state;
  }

  /** What was opened. Throws {@link ResourceStateError} before it is open and after it was closed. */
  get value(): T {
    if (this.#state !== "open" || this.#held === undefined)
      throw new ResourceStateError(this.kind, this.#state, "use it");
    return this.#held.value;
  }

  /** Opens it; whoever calls while that is under way, or later, gets the same promise. */
  initialize(): Promise<T> {
    if (this.#closing !== undefined || this.#state === "closed")
      return Promise.reject(new ResourceStateError(this.kind, this.#state, "open it"));
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Closes it. One that is being opened is closed as soon as it is open; one that never was has nothing to close. */
  close(): Promise<void> {
    this.#closing ??= this.#state === "closed" ? Promise.resolve() : this.#close();
    return this.#closing;
  }

  /** Does what can be done without waiting; what comes of the rest is reported as a warning. */
  closeSync(): void {
    if (this.#closing !== undefined || this.#state === "closed") return;
    const held = this.#held;
    if (held === undefined && this.#opening !== undefined) {
      void this.close().catch((error: unknown) => report([{ kind: this.kind, error }]));
      return;
    }
    this.#state = "closed";
    this.#held = undefined;
    const late = held === undefined ? undefined : this.onCloseSync(held.value);
    if (isThenable(late)) late.then(undefined, (error: unknown) => report([{ kind: this.kind, error }]));
  }

  /** How it is. A closed resource has failed; a subclass looks closer. */
  async health(): Promise<Health> {
    if (this.#state !== "open" || this.#held === undefined)
      return { status: "failed", detail: `${this.kind} is ${this.#state}` };
    return this.onHealth?.(this.#held.value) ?? { status: "ok" };
  }

  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The same as {@link closeSync}, for `using`. */
  [Symbol.dispose](): void {
    this.closeSync();
  }

  /** Opens the resource. What it acquired before it throws, it releases itself. */
  protected abstract onInitialize(): T | PromiseLike<T>;

  /** Releases what `onInitialize` gave; called once at the most for each time it was opened. */
  protected abstract onClose(value: T): unknown;

  /** The same without waiting. */
  protected onCloseSync(value: T): unknown {
    return this.onClose(value);
  }

  /** Looks at what is open; without a look of its own, what is open is well. */
  protected onHealth?(value: T): Health | Promise<Health>;

  async #open(): Promise<T> {
    this.#state = "opening";
    try {
      const value = await this.onInitialize();
      this.#held = { value };
      if (this.#closing === undefined) this.#state = "open";
      return value;
    } catch (thrown) {
      this.#opening = undefined;
      if (this.#closing === undefined) this.#state = "failed";
      throw thrown;
    }
  }

  async #close(): Promise<void> {
    const opening = this.#opening;
    this.#state = "closing";
    try {
      // What goes wrong while it opens is told to whoever opens it.
      await opening?.then(undefined, () => undefined);
      const held = this.#held;
      this.#held = undefined;
      if (held !== undefined) await this.onClose(held.value);
    } finally {
      this.#state = "closed";
    }
  }
}
