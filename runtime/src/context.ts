import type * as cp from "node:child_process";
import { read } from "./duck.js";
import { Entry, type Policy, Registry } from "./entry.js";
import { CleanupError, ContextClosedError, type CleanupFailure } from "./errors.js";
import { installErrorHandler, installHandlers } from "./handlers.js";
import { adoptedPolicy, deferredPolicy, disposablePolicy, handleOf } from "./policies/disposable.js";
import { filePolicy } from "./policies/file.js";
import { processPolicy } from "./policies/process.js";
import { serverPolicy } from "./policies/server.js";
import { streamPolicy } from "./policies/stream.js";
import { tempDirPolicy } from "./policies/temp-dir.js";
import { isSpent, timerPolicy } from "./policies/timer.js";
import { type Limits, releaseAll, releaseAllSync, releaseOne } from "./release.js";
import { report } from "./report.js";
import { settings } from "./settings.js";
import { spawning } from "./spawn.js";
import { sharedState } from "./state.js";
import { expectDuration, expectFunction, expectOptions, expectString } from "./validate.js";

/** Spent timers are looked for each time their number has doubled past this. */
const FIRST_TIMER_SWEEP = 64;

/** How a context releases. */
export interface ContextOptions {
  /** What events and leak reports call it. Default: `context`. */
  readonly name?: string;
  /** How long one resource may take, in milliseconds. Default: that of `configure`, 10,000. */
  readonly resourceTimeout?: number;
  /** How long all of them may take together, in milliseconds. Default: that of `configure`, 30,000. */
  readonly totalTimeout?: number;
}

/** How one disposal reports. */
export interface DisposeOptions {
  /** Reject with the {@link CleanupError} instead of printing it as a warning. */
  readonly throwErrors?: boolean;
}

/**
 * Holds resources and lets go of them in reverse order. Every method gives back exactly what it was given, so a call
 * can be wrapped where it stands: `const child = ctx.process(spawn("server"))`.
 */
export class ResourceContext {
  readonly #limits: Limits;
  readonly #registry: Registry;
  #abort: AbortController | undefined;
  #isRoot = false;
  #isClosed = false;
  #released: Promise<CleanupError | undefined> | undefined;
  #reported: Promise<void> | undefined;
  #cleanupError: CleanupError | undefined;
  #timerSweep = FIRST_TIMER_SWEEP;
  #timers = 0;

  constructor(options: ContextOptions = {}) {
    const known = ["name", "resourceTimeout", "totalTimeout"] as const;
    const { name = "context", resourceTimeout, totalTimeout } = expectOptions("options", options, known);
    this.#registry = new Registry(expectString("name", name));
    const defaults = settings();
    this.#limits = {
      each: expectDuration("resourceTimeout", resourceTimeout ?? defaults.resourceTimeout),
      all: expectDuration("totalTimeout", totalTimeout ?? defaults.totalTimeout),
    };
  }

  /** The context of the whole process, for resources that nobody else owns. Released when the process ends. */
  static get root(): ResourceContext {
    const state = sharedState();
    if (isContext(state.root)) return state.root;
    const root = new ResourceContext({ name: "root" });
    root.#isRoot = true;
    state.root = root;
    return root;
  }

  /** Runs `body` with a new context and releases it afterwards. An error of the body always comes first. */
  static async run<T>(body: (ctx: ResourceContext) => T | PromiseLike<T>): Promise<T> {
    const ctx = new ResourceContext();
    let result: T;
    try {
      result = await body(ctx);
    } catch (thrown) {
      await ctx.disposeAsync();
      throw thrown;
    }
    await ctx.disposeAsync({ throwErrors: true });
    return result;
  }

  /** What events and leak reports call it. */
  get name(): string {
    return this.#registry.owner;
  }

  /** Whether disposal has begun. */
  get disposed(): boolean {
    return this.#isClosed;
  }

  /** How many resources are held. */
  get size(): number {
    return this.#registry.size;
  }

  /** Aborted when disposal begins. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isClosed) this.#abort.abort();
    return this.#abort.signal;
  }

  /** What the last disposal could not release. */
  get cleanupError(): CleanupError | undefined {
    return this.#cleanupError;
  }

  /** Holds a value with a dispose symbol. Child processes, streams and servers get the care they need. */
  use<T extends AsyncDisposable | Disposable | null | undefined>(value: T): T {
    if (value === null || value === undefined) return value;
    const handle = handleOf(value);
    if (handle !== undefined) return this[handle](value);
    const policy = disposablePolicy(value);
    if (policy === undefined)
      throw new TypeError("use() takes a value with Symbol.asyncDispose or Symbol.dispose.");
    return this.#hold(value, () => policy);
  }

  /** Holds any value with the function that releases it. */
  adopt<T>(value: T, release: (value: T) => unknown): T {
    expectFunction("release", release);
    return this.#hold(value, () => adoptedPolicy(value, release));
  }

  /** Runs a function when the context is released. */
  defer<F extends () => unknown>(release: F): F {
    expectFunction("release", release);
    return this.#hold(release, () => deferredPolicy(release));
  }

  /** Holds a child process with all that descends from it: SIGTERM, after 5 s SIGKILL, and wait for its end. */
  process<T>(child: T): T {
    return this.#hold(child, (forget) => processPolicy(child, forget));
  }

  /** `child_process.spawn`, with the child in its own process group and held. */
  get spawn(): typeof cp.spawn {
    return spawning((child) => this.process(child));
  }

  /** Holds a stream: it is ended and flushed, not cut off. */
  stream<T>(stream: T): T {
    return this.#hold(stream, (forget) => streamPolicy(stream, forget));
  }

  /** Holds a FileHandle. */
  file<T>(handle: T): T {
    return this.#hold(handle, (forget) => filePolicy(handle, forget));
  }

  /** Holds a temporary folder, which is removed with all that is in it. */
  tempDir<T>(folder: T): T {
    return this.#hold(folder, () => tempDirPolicy(folder));
  }

  /** Holds a server: requests in flight are answered, everything else is closed at once. */
  server<T>(server: T): T {
    return this.#hold(server, (forget) => serverPolicy(server, forget));
  }

  /** Holds a timeout, an interval or an immediate. */
  timer<T>(timer: T): T {
    this.#timers += 1;
    if (this.#timers >= this.#timerSweep) this.#sweepTimers();
    return this.#hold(timer, () => timerPolicy(timer));
  }

  /** Lets go of a value without releasing it, and gives it back. */
  disown<T>(handle: T): T {
    this.#registry.find(handle)?.forget();
    return handle;
  }

  /** Moves all resources into a new context; this one is disposed from then on. */
  move(): ResourceContext {
    if (this.#isClosed) throw new ContextClosedError("move");
    const next = new ResourceContext({
      name: this.name,
      resourceTimeout: this.#limits.each,
      totalTimeout: this.#limits.all,
    });
    for (const entry of this.#registry.takeAll()) next.#registry.add(entry);
    this.#isClosed = !this.#isRoot;
    return next;
  }

  /**
   * Releases everything, last in first out, one after the other. Never rejects unless asked to: what could not be
   * released is printed as a warning and kept in {@link ResourceContext.cleanupError}.
   */
  disposeAsync(options: DisposeOptions = {}): Promise<void> {
    const released = this.#release();
    if (options.throwErrors === true) return released.then(throwIfAny);
    this.#reported ??= released.then((error) => report(error?.failures ?? []));
    return this.#reported;
  }

  /** The same without waiting: for code that cannot await. Files and streams finish later. */
  dispose(): void {
    if (this.#isClosed) return;
    this.#close();
    this.#settle(releaseAllSync(this.#registry.takeAll(), (failure) => report([failure])));
    report(this.#cleanupError?.failures ?? []);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #release(): Promise<CleanupError | undefined> {
    if (this.#released !== undefined) return this.#released;
    if (this.#isClosed) return Promise.resolve(undefined);
    this.#close();
    const entries = this.#registry.takeAll();
    this.#released = releaseAll(entries, this.#limits).then((failures) => this.#settle(failures));
    return this.#released;
  }

  #close(): void {
    // The root stays open: modules that are loaded later, or a second test file, still have one.
    this.#isClosed = !this.#isRoot;
    this.#abort?.abort();
    if (this.#isRoot) this.#abort = undefined;
  }

  #settle(failures: readonly CleanupFailure[]): CleanupError | undefined {
    this.#cleanupError = failures.length === 0 ? undefined : new CleanupError(failures);
    if (this.#isRoot) {
      this.#released = undefined;
      this.#reported = undefined;
    }
    return this.#cleanupError;
  }

  #hold<T>(value: T, policyOf: (forget: () => void) => Policy | undefined): T {
    const held: { entry?: Entry } = {};
    const policy = policyOf(() => held.entry?.forget());
    if (policy === undefined) return value;
    const entry = (held.entry = new Entry(value, policy));
    if (this.#isClosed) return this.#refuse(entry);
    this.#registry.add(entry);
    entry.announce();
    if (policy.isProcessBound === true) entry.hold(sharedState().held);
    if (policy.isProcessBound === true || (this.#isRoot && policy.kind !== "timer"))
      installHandlers(sharedState());
    if (policy.needsEventLoop === true && this.#isRoot) installErrorHandler(sharedState());
    return value;
  }

  /** Whoever acquired it after the end did not know; nobody else would release it. */
  #refuse(entry: Entry): never {
    const outcome = releaseOne(entry, this.#limits.each);
    void Promise.resolve(outcome).then((failure) => report(failure === undefined ? [] : [failure]));
    throw new ContextClosedError(entry.kind);
  }

  #sweepTimers(): void {
    const timers = [...this.#registry.ofKind("timer")];
    const spent = timers.filter((entry) => isSpent(entry.value));
    for (const entry of spent) entry.forget();
    this.#timers = timers.length - spent.length;
    this.#timerSweep = Math.max(FIRST_TIMER_SWEEP, this.#timers * 2);
  }
}

/** The root may come from another copy of this package, so `instanceof` would not know it. */
const isContext = (value: unknown): value is ResourceContext =>
  typeof read(value, "disposeAsync") === "function";

function throwIfAny(error: CleanupError | undefined): void {
  if (error !== undefined) throw error;
}
