import "./symbols.js";
import { AcquiringContext } from "./acquiring.js";
import { read } from "./duck.js";
import { type CleanupError, InvalidArgumentError } from "./errors.js";
import { rememberKeep } from "./keep.js";
import { Life } from "./life.js";
import { type ContextOptions, contextOptions, type DisposeOptions, disposeOptions } from "./options.js";
import { adoptedPolicy, deferredPolicy } from "./policies/disposable.js";
import { policyForAny } from "./policies/handles.js";
import { sharedState } from "./state.js";
import { expectFunction } from "./validate.js";

/**
 * Holds resources and lets go of them in reverse order. Every method gives back exactly what it was given, so a call
 * can be wrapped where it stands: `const child = ctx.process(spawn("server"))`.
 */
export class ResourceContext extends AcquiringContext implements AsyncDisposable, Disposable {
  readonly #life: Life;
  readonly #options: ContextOptions;

  /** Throws `InvalidArgumentError` or `UnknownOptionError`. */
  constructor(options: ContextOptions = {}) {
    super();
    const { name, limits } = contextOptions(options);
    this.#options = options;
    this.#life = new Life(name, limits);
    rememberKeep(this, this.#life.keep);
  }

  /** The context of the whole process, for resources that nobody else owns. Released when the process ends. */
  static get root(): ResourceContext {
    const state = sharedState();
    if (isContext(state.root)) return state.root;
    const root = new ResourceContext({ name: "root" });
    root.#life.root();
    state.root = root;
    return root;
  }

  /** Runs `body` with a new context and releases it afterwards. An error of the body always comes first. */
  static async run<T>(
    body: (ctx: ResourceContext) => T | PromiseLike<T>,
    options: ContextOptions = {},
  ): Promise<T> {
    expectFunction("body", body);
    const ctx = new ResourceContext(options);
    let result: T;
    try {
      result = await body(ctx);
    } catch (error) {
      await ctx.#life.releaseAfter({ error });
      throw error;
    }
    await ctx.disposeAsync({ throwErrors: true });
    return result;
  }

  /** What events and leak reports call it. */
  get name(): string {
    return this.#life.keep.registry.owner;
  }

  /** Whether disposal has begun. */
  get disposed(): boolean {
    return this.#life.keep.isClosed;
  }

  /** How many resources are held, those of child contexts included. */
  get size(): number {
    return this.#life.size;
  }

  /** Aborted when disposal begins, of this context or of one above it. */
  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** For what is done while releasing: aborted when that is over or out of time, and not when disposal begins. */
  get cleanupSignal(): AbortSignal {
    return this.#life.cleanupSignal;
  }

  /** What the last disposal could not release. */
  get cleanupError(): CleanupError | undefined {
    return this.#life.cleanupError;
  }

  /**
   * A context that is released before this one, with the same timeouts unless it is given others. Its signal follows this
   * one's; releasing it by itself leaves this one as it is. Throws `ContextClosedError` when this one is disposed.
   */
  child(options: ContextOptions = {}): ResourceContext {
    contextOptions(options);
    const { each: resourceTimeout, all: totalTimeout } = this.#life.keep.limits;
    const inherited = { name: `${this.name}/child`, resourceTimeout, totalTimeout };
    const child = new ResourceContext({ ...inherited, ...options });
    this.#life.attach(child.#life);
    return child;
  }

  /** A child context whose resources are released at the same time, or `concurrency` of them, and not one by one. */
  parallel(options: ContextOptions = {}): ResourceContext {
    return this.child({ name: `${this.name}/parallel`, concurrency: Infinity, ...options });
  }

  /** Holds a value with a dispose symbol. Handles of Node get the care they need. */
  use<T extends AsyncDisposable | Disposable | null | undefined>(value: T): T {
    if (value === null || value === undefined) return value;
    const policyFor = policyForAny(value);
    const expected = "a value with Symbol.asyncDispose or Symbol.dispose";
    if (policyFor === undefined) throw new InvalidArgumentError({ name: "value", came: value, expected });
    return this.#life.keep.hold(value, (forget) => policyFor(value, forget));
  }

  /** Holds any value with the function that releases it. */
  adopt<T>(value: T, release: (value: T) => unknown): T {
    expectFunction("release", release);
    return this.#life.keep.hold(value, () => adoptedPolicy(value, release));
  }

  /**
   * Runs a function when the context is released.
   * @typeParam F - a function without parameters, which is given back as it is
   */
  defer<F extends () => unknown>(release: F): F {
    expectFunction("release", release);
    return this.#life.keep.hold(release, () => deferredPolicy(release));
  }

  /** Lets go of a value without releasing it, and gives it back. */
  disown<T>(handle: T): T {
    this.#life.keep.registry.find(handle)?.forget();
    return handle;
  }

  /** Moves all resources and child contexts into a new context; this one is disposed from then on. */
  move(): ResourceContext {
    const next = new ResourceContext({ ...this.#options, name: this.name });
    this.#life.moveTo(next.#life);
    return next;
  }

  /**
   * Releases everything, children first, last in first out, one after the other. Never rejects unless asked to: what could
   * not be released is printed as a warning and kept in {@link ResourceContext.cleanupError}.
   */
  disposeAsync(options: DisposeOptions = {}): Promise<void> {
    if (disposeOptions(options).throwErrors === true) return this.#life.release().then(throwIfAny);
    return this.#life.releaseAndReport();
  }

  /** The same without waiting: for code that cannot await. Files and streams finish later. */
  dispose(): void {
    this.#life.releaseSync();
  }

  /** The same as {@link disposeAsync}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The root may come from another copy of this package, so `instanceof` would not know it. */
const isContext = (value: unknown): value is ResourceContext =>
  typeof read(value, "disposeAsync") === "function";

function throwIfAny(error: CleanupError | undefined): void {
  if (error !== undefined) throw error;
}
